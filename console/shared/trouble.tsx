// Tells of a failure: what it is, what to do next, and how to try again; read out when it comes up.
import { Alert, Button, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isNotFound, Refused } from "./refused.ts";

export interface TroubleProps {
  /** null shows nothing. */
  readonly error: unknown;
  readonly again?: () => unknown;
}

export function Trouble({ error, again }: TroubleProps): ReactNode {
  const say = useWords();
  const t = useTranslations("common");
  if (error === null || error === undefined) return null;
  const details = error instanceof Refused ? (error.problem.errors ?? []) : [];
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={say(error)} my="sm">
      {details.length > 0 && (
        <List size="sm">
          {details.map(({ pointer, detail }) => (
            <List.Item key={pointer + detail}>{pointer === "" ? detail : `${pointer}: ${detail}`}</List.Item>
          ))}
        </List>
      )}
      {again !== undefined && !isForGood(error) && (
        <Button size="xs" variant="default" mt="xs" onClick={() => again()}>
          {t("again")}
        </Button>
      )}
    </Alert>
  );
}

/** What a right is missing for, or what is not there, does not come by asking again. */
const isForGood = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof Refused && error.code === "not-permitted");

/** A failure in the reader's words: by its code where we have some, else as the server put it. */
function useWords(): (error: unknown) => string {
  const t = useTranslations("problems");
  return (error) => {
    if (error instanceof Refused) {
      const key = error.code as Parameters<typeof t>[0];
      return t.has(key) ? t(key) : sentence(error.message);
    }
    if (!(error instanceof DOMException)) return t("page");
    // What a browser says of passkeys is for programmers; here it is for people.
    return t(error.name === "InvalidStateError" ? "passkey-there" : "passkey-unused");
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
