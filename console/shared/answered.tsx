// What became of a question: its answer, or that it is on the way, or what went wrong.
import type { ReactNode } from "react";
import { Loading } from "./loading.tsx";
import { Trouble } from "./trouble.tsx";

export interface AnsweredProps<Data> {
  readonly of: { readonly data: Data | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly children: (data: Data) => ReactNode;
}

/** An answer that was there stays while a new one is fetched, or fails. */
export function Answered<Data>({ of, children }: AnsweredProps<Data>): ReactNode {
  return (
    <>
      {of.error !== null && of.error !== undefined && <Trouble error={of.error} again={() => of.refetch()} />}
      {of.data === undefined ? (of.error === null || of.error === undefined) && <Loading /> : children(of.data)}
    </>
  );
}
