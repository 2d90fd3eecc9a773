// What became of a question: its answer, or that it is on the way, or what went wrong.
import type { ReactNode } from "react";
import { Loading } from "./loading.tsx";
import { Page } from "./page.tsx";
import { Trouble } from "./trouble.tsx";

export interface AnsweredProps<Data> {
  readonly of: { readonly data: Data | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly children: (data: Data) => ReactNode;
  /** Of a page whose own heading comes with the answer: the heading until then, and where none comes. */
  readonly title?: string;
}

/** An answer that was there stays while a new one is fetched, or fails. */
export function Answered<Data>({ of, children, title }: AnsweredProps<Data>): ReactNode {
  if (title !== undefined && of.data === undefined)
    return (
      <Page title={title}>
        <Answered of={of}>{children}</Answered>
      </Page>
    );
  return (
    <>
      {of.error !== null && of.error !== undefined && <Trouble error={of.error} again={() => of.refetch()} />}
      {of.data === undefined ? (of.error === null || of.error === undefined) && <Loading /> : children(of.data)}
    </>
  );
}
