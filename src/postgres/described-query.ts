// A named statement on its way through the driver, which has PostgreSQL describe the columns of the result once a connection and not at every use.
import { type Client, type Connection, type Pool, type PoolClient, Query, type QueryResult } from "pg";

/** What the driver made of a description. */
interface Columns {
  readonly fields: unknown;
  readonly _parsers: unknown;
  readonly _prebuiltEmptyResultObject: unknown;
}

/** The members of the driver's class that its types leave out; its version is fixed, and every statement of the tests goes this way. */
interface DriverQuery {
  name: string;
  values: readonly unknown[];
  readonly _result: Columns;
  _accumulateRows: boolean;
  prepare(connection: Connection): void;
  handleRowDescription(description: unknown): void;
}
const Driver = Query as unknown as new (text: string) => DriverQuery;

interface Known {
  readonly columns: Map<string, Columns>;
  /** The connection, but that it does not ask for descriptions. */
  readonly quiet: Connection;
}

const knownBy = new WeakMap<Connection, Known>();

/** Under one name a connection prepares one text. A plan whose columns are others since a migration is refused by PostgreSQL itself. */
class DescribedQuery extends Driver {
  #learns: Known | undefined;

  constructor({ text, name, values }: NamedStatement) {
    super(text);
    this.name = name;
    this.values = values;
  }

  override prepare(connection: Connection): void {
    const known = knownOf(connection);
    const columns = known.columns.get(this.name);
    if (columns === undefined) {
      this.#learns = known;
      super.prepare(connection);
      return;
    }
    Object.assign(this._result, columns);
    this._accumulateRows = true;
    super.prepare(known.quiet);
  }

  override handleRowDescription(description: unknown): void {
    super.handleRowDescription(description);
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    this.#learns?.columns.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }
}

export interface NamedStatement {
  readonly text: string;
  readonly name: string;
  readonly values: readonly unknown[];
}

type Ask = (query: DriverQuery, answered: (error: Error | undefined, result: QueryResult) => void) => void;

export async function askNamed<Row extends object>(
  on: Pool | PoolClient | Client,
  statement: NamedStatement,
): Promise<Row[]> {
  const query = new DescribedQuery(statement);
  try {
    const { rows } = await new Promise<QueryResult>((resolve, reject) => {
      (on.query as Ask).call(on, query, (error, result) => (error ? reject(error) : resolve(result)));
    });
    return rows as Row[];
  } catch (error) {
    // Made where the socket was read; here it says who asked.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

function knownOf(connection: Connection): Known {
  const known = knownBy.get(connection);
  if (known !== undefined) return known;
  const quiet = Object.create(connection, { describe: { value: () => {} } }) as Connection;
  const made = { columns: new Map<string, Columns>(), quiet };
  knownBy.set(connection, made);
  return made;
}
