// Stops a change that waits: asks once, since it is not taken back, and says what came of it.
import { Alert, Box, Button, Group, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useFocusHere } from "../../shared/focus-here.ts";
import { Trouble } from "../../shared/trouble.tsx";

export interface StopChangeProps {
  readonly changeId: string;
  /** Before the list is looked at again, in which it no longer stands. */
  readonly onStopped: () => void;
}

export function StopChange({ changeId, onStopped }: StopChangeProps): ReactNode {
  const [asks, setAsks] = useState<"not-yet" | "now" | "no">("not-yet");
  if (asks === "now") return <Sure changeId={changeId} onStopped={onStopped} onLeave={() => setAsks("no")} />;
  return <Stop isBack={asks === "no"} onStop={() => setAsks("now")} />;
}

function Stop({ isBack, onStop }: { readonly isBack: boolean; readonly onStop: () => void }): ReactNode {
  const t = useTranslations("portal");
  const button = useFocusHere<HTMLButtonElement>(isBack);
  return (
    <Button ref={button} variant="default" w="fit-content" onClick={onStop}>
      {t("changes.stop")}
    </Button>
  );
}

interface SureProps extends StopChangeProps {
  readonly onLeave: () => void;
}

function Sure({ changeId, onStopped, onLeave }: SureProps): ReactNode {
  const t = useTranslations("portal");
  const question = useId();
  const group = useFocusHere<HTMLDivElement>();
  const stop = useAct("stopOwnChange", { changes: ["listOwnChanges", "readOwnRight"], onSent: onStopped });
  return (
    <Box ref={group} role="group" tabIndex={-1} aria-labelledby={question}>
      <Text id={question} fw={600} mb="xs">
        {t("changes.sure")}
      </Text>
      <Trouble error={stop.error} />
      <Group gap="sm">
        <Button loading={stop.isPending} onClick={() => stop.mutate({ params: { changeId } })}>
          {t("changes.stopIt")}
        </Button>
        <Button variant="default" disabled={stop.isPending} onClick={onLeave}>
          {t("changes.leaveIt")}
        </Button>
      </Group>
    </Box>
  );
}

export function Stopped(): ReactNode {
  const t = useTranslations("portal");
  const said = useFocusHere<HTMLDivElement>();
  return (
    <Alert ref={said} tabIndex={-1} role="status" color="teal" icon={<IconCheck aria-hidden />}>
      {t("changes.stopped")}
    </Alert>
  );
}
