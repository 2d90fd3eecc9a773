// A call about one customer: begun, verified by what is on file, and then worked on; a loss is taken down without a claim.
import { Alert, Anchor, Button, Card, Group, Select, Stack, Text } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Flags } from "../customers/flags.tsx";
import { choosePurpose, usePurpose } from "../customers/purposes.ts";
import { MoreRecords } from "../customers/more-records.tsx";
import { Units } from "../customers/units.tsx";
import { useMaskedView } from "../customers/use-masked-view.ts";
import { FirstNotice } from "./first-notice.tsx";
import { Verify } from "./verify.tsx";

export type OwnCall = AnswerOf<"listOwnCalls">["items"][number];
type Caller = NonNullable<AskingOf<"startCall">["body"]["caller"]>;

const CALLERS = ["customer", "third-party"] as const satisfies readonly Caller[];

export function Call(): ReactNode {
  const t = useTranslations("desk");
  const { customerId } = useParams({ from: "/inside/desk/$customerId" });
  const found = useMaskedView(customerId);
  return (
    <Page
      title={t("call")}
      actions={
        <Anchor component={Link} to={`/customers/${customerId}`}>
          {t("toCustomer")}
        </Anchor>
      }
    >
      <Answered of={found}>
        {(view) => (
          <Stack gap="lg" maw="60rem">
            <Flags flags={view.flags} />
            <Caller key={customerId} customerId={customerId} />
            <MoreRecords of={found} />
            <Units units={view.units.filter(({ kind }) => kind !== "relationship")} customerId={customerId} />
            <FirstNotice view={view} />
          </Stack>
        )}
      </Answered>
    </Page>
  );
}

/** As the server has it, so that leaving the page and coming back loses nothing of it. */
function Caller({ customerId }: { readonly customerId: string }): ReactNode {
  const found = useAsk("listOwnCalls", { params: { customerId } });
  return (
    <Card withBorder>
      <Answered of={found}>
        {({ items: [call] }) =>
          call === undefined ? (
            <Begin customerId={customerId} />
          ) : (
            <Stack key={call.callId}>
              <State call={call} customerId={customerId} />
              {call.verifiedBy === null && <Verify at={{ customerId, callId: call.callId }} call={call} />}
            </Stack>
          )
        }
      </Answered>
    </Card>
  );
}

function Begin({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("desk");
  const may = useMay();
  const purpose = usePurpose();
  const [caller, setCaller] = useState<Caller>("customer");
  const { mutate, isPending, error } = useAct("startCall", { changes: ["listOwnCalls"] });
  const unlock = useAct("unlockCallers");
  return (
    <Stack gap="sm" align="start">
      <Text>{t("notVerified")}</Text>
      <Trouble error={error} />
      <Group align="end">
        <Select
          label={t("who")}
          allowDeselect={false}
          data={CALLERS.map((value) => ({ value, label: t(`callers.${value}`) }))}
          value={caller}
          onChange={(value) => value !== null && setCaller(value as Caller)}
        />
        <Button
          loading={isPending}
          onClick={() => {
            // What the call is verified for is what is asked for from now on.
            choosePurpose(purpose);
            mutate({ params: { customerId }, body: { purpose, caller } });
          }}
        >
          {t("begin")}
        </Button>
        {may("caller.unlock") && (
          <Button
            variant="default"
            loading={unlock.isPending}
            onClick={() => unlock.mutate({ params: { customerId } })}
          >
            {t("unlock")}
          </Button>
        )}
      </Group>
      <Trouble error={unlock.error} />
    </Stack>
  );
}

interface StateProps {
  readonly call: OwnCall;
  readonly customerId: string;
}

function State({ call, customerId }: StateProps): ReactNode {
  const t = useTranslations("desk");
  const { mutate, isPending, error } = useAct("endCall", { changes: ["listOwnCalls"] });
  const isVerified = call.verifiedBy !== null;
  return (
    <Group justify="space-between">
      <Alert
        role="status"
        variant="light"
        color={isVerified ? "gray" : "yellow"}
        icon={isVerified ? <IconShieldCheck aria-hidden /> : undefined}
        title={call.verifiedBy === null ? t("beingVerified") : t(`verifiedBy.${call.verifiedBy}`)}
        flex={1}
        miw="15rem"
      >
        {t.rich("until", { at: () => <Moment at={call.endsAt} /> })}
        {call.requests.map((requestId) => (
          <Text key={requestId} size="sm" component="div">
            {t.rich("shows", { request: () => <ShortId id={requestId} /> })}
          </Text>
        ))}
      </Alert>
      <Button
        variant="default"
        loading={isPending}
        onClick={() => mutate({ params: { customerId, callId: call.callId } })}
      >
        {t("end")}
      </Button>
      <Trouble error={error} />
    </Group>
  );
}
