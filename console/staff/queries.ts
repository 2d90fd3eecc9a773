// What the staff pages remember.
import { makeQueries } from "../shared/queries.ts";

export const queries = makeQueries();
