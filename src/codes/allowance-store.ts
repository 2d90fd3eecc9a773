// Where allowances of codes are counted.
import { sql } from "../postgres/sql.ts";
import type { CounterTable } from "../postgres/counter-store.ts";

export const CODE_ALLOWANCE: CounterTable = { table: sql`code_allowance`, name: "codes-raise-counters" };
