// Clear words that somebody asks to read, each reading an entry: a button, then the words in a sheet that is covered, and gone, like every other.
import { Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useAttempt } from "../attempt.ts";
import { Trouble } from "../trouble.tsx";
import { ClearRegion } from "./clear-region.tsx";
import { type ClearSheet, useClearSheet } from "./clear-sheet.ts";

export interface Reading<Content> {
  readonly sheet: ClearSheet<Content>;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly read: () => void;
}

/** Asks the server, which writes an entry before it answers. */
export function useReading<Content>(ask: () => Promise<Content>): Reading<Content> {
  const sheet = useClearSheet<Content>();
  const { isBusy, error, attempt } = useAttempt();
  return { sheet, isBusy, error, read: () => void attempt(async () => sheet.show(await ask())) };
}

export interface ReadWordsProps<Content> extends Pick<ButtonProps, "variant"> {
  readonly of: Reading<Content>;
  readonly label: string;
  /** Who sees it: stands in the mark. */
  readonly viewer: string;
  /** What the button says while nothing is shown. */
  readonly action: string;
  /** INVARIANT: nothing typed lives in here; it would be lost when the words are covered. */
  readonly children: (content: Content) => ReactNode;
}

export function ReadWords<Content>(props: ReadWordsProps<Content>): ReactNode {
  const { of, label, viewer, action, variant = "default", children } = props;
  const { sheet, isBusy, error, read } = of;
  return (
    <>
      <Trouble error={error} again={read} />
      {sheet.content === null ? (
        <Button variant={variant} w="fit-content" loading={isBusy} onClick={read}>
          {action}
        </Button>
      ) : (
        <ClearRegion label={label} viewer={viewer} sheet={sheet}>
          {children(sheet.content)}
        </ClearRegion>
      )}
    </>
  );
}
