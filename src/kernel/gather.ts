// Merges the loads of concurrent requests, so that sixty-four of them cost the database one round trip and not sixty-four.

const BATCH_MAX = 256;
const IN_FLIGHT_MAX = 2;

interface Waiting<Request, Result> {
  readonly request: Request;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Where requests differ in size: the sizes of one batch together, though one request alone may exceed it. */
export interface Sizing<Request> {
  readonly sizeOf: (request: Request) => number;
  readonly sizeMax: number;
}

/** `load` answers each request in its place. A failure of `load` reaches all requests of its batch, so `load` returns what concerns one alone. */
export function gathered<Request, Result>(
  load: (requests: readonly Request[]) => Promise<readonly Result[]>,
  { sizeOf, sizeMax }: Sizing<Request> = { sizeOf: () => 1, sizeMax: BATCH_MAX },
): (request: Request) => Promise<Result> {
  let waiting: Waiting<Request, Result>[] = [];
  let inFlight = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || inFlight >= IN_FLIGHT_MAX || waiting.length === 0) return;
    scheduled = true;
    // setImmediate runs after all sockets of this turn were read: whatever arrived together travels together.
    setImmediate(flush);
  }

  function flush(): void {
    scheduled = false;
    const batch = waiting.slice(0, countWithin());
    waiting = waiting.slice(batch.length);
    inFlight += 1;
    void answer(load, batch).finally(() => {
      inFlight -= 1;
      schedule();
    });
    schedule();
  }

  function countWithin(): number {
    let size = 0;
    const excess = waiting.findIndex(({ request }, at) => (size += sizeOf(request)) > sizeMax && at > 0);
    return Math.min(excess === -1 ? waiting.length : excess, BATCH_MAX);
  }

  return (request) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      schedule();
    });
}

async function answer<Request, Result>(
  load: (requests: readonly Request[]) => Promise<readonly Result[]>,
  batch: readonly Waiting<Request, Result>[],
): Promise<void> {
  try {
    const results = await load(batch.map((one) => one.request));
    if (results.length !== batch.length) throw new TypeError("a gathered load must answer each request");
    batch.forEach((one, at) => one.resolve(results[at] as Result));
  } catch (error) {
    for (const one of batch) one.reject(error);
  }
}
