// Asks the server: JSON both ways, the session in a cookie that no script sees, failures as the problem documents they come as.

export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly detail: string }[];
}

export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, { code, detail, errors = [] }: Problem) {
    super([detail, ...errors.map((each) => each.detail)].join("; "));
    this.code = code;
    this.status = status;
  }
}

const AWAY: Problem = { code: "away", detail: "the server does not answer: check the connection and try again" };

/** Throws Refused. */
export async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { "x-uberrima-request": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const answer = await fetch(path, { method, headers, credentials: "same-origin", cache: "no-store", ...json }).catch(
    () => null,
  );
  if (answer === null) throw new Refused(0, AWAY);
  const text = await answer.text();
  if (!answer.ok) throw new Refused(answer.status, problemIn(text));
  return (text === "" ? {} : JSON.parse(text)) as Answer;
}

function problemIn(text: string): Problem {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    return typeof problem.detail === "string" && typeof problem.code === "string" ? (problem as Problem) : AWAY;
  } catch {
    return AWAY;
  }
}
