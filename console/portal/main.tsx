// The pages for customers.
import { makeQueries } from "../shared/queries.ts";
import { showPages } from "../shared/page-root.tsx";

void showPages(makeQueries(), null);
