// What would permit more, with the way to it where there is one from here: asking others in one click, giving a reason, verifying the caller.
import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { AskingOf } from "../../shared/ask.ts";
import { useAct } from "../../shared/act.ts";
import { useRuleTexts } from "../../shared/rule-texts.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { counter } from "../../shared/undo.ts";
import { want } from "../permissions/wanted.ts";
import type { DisclosedField } from "./disclose.ts";
import type { About } from "./disclosure-panel.tsx";

type RemedyOf = DisclosedField["permittedBy"][number];
type GrantRequest = AskingOf<"requestGrant">["body"];

/** A working day. */
const HOURS = 8;
const GIVEN_WHEN_ASKING: ReadonlySet<string> = new Set(["justify", "step-up", "strong-sign-in", "passkey"]);

export interface RemedyProps {
  readonly remedy: RemedyOf;
  readonly about: About;
  readonly classes: readonly DisclosedField["dataClass"][];
  /** What was typed as the reason already. */
  readonly reason?: string;
}

export function Remedy({ remedy, about, classes, reason }: RemedyProps): ReactNode {
  const may = useMay();
  const what = useRuleTexts().remedy(remedy);
  const codes = remedy.code.split("+");
  const { customerId, unitId } = about;
  if (may("grant.request") && codes.some((code) => code === "two-person-approval" || code.startsWith("registered-")))
    return <Requested remedy={remedy} about={about} classes={classes} reason={reason} />;
  if (codes.includes("authorization") && may("authorization.ask")) {
    return (
      <Anchor
        component={Link}
        to={`/customers/${customerId}/permissions`}
        size="sm"
        display="inline-block"
        py={4}
        onClick={() => want({ customerId, classes, purpose: about.purpose })}
      >
        {what}
      </Anchor>
    );
  }
  if (codes.includes("verify-caller") && may("caller.start")) {
    return (
      <Anchor component={Link} to={`/desk/${customerId}`} size="sm" display="inline-block" py={4}>
        {what}
      </Anchor>
    );
  }
  if (codes.some((code) => GIVEN_WHEN_ASKING.has(code))) {
    const to = unitId === null ? `/customers/${customerId}/ask` : `/customers/${customerId}/in-hand/${unitId}/ask`;
    return (
      <Anchor component={Link} to={to} size="sm" display="inline-block" py={4}>
        {what}
      </Anchor>
    );
  }
  return <Text size="sm">{what}</Text>;
}

/** Sent as it stands: whom and what it is about is known here, and those who decide read the reason. */
function Requested({ remedy, about, classes, reason }: RemedyProps): ReactNode {
  const t = useTranslations("work");
  const words = useTranslations("words");
  const what = useRuleTexts().remedy(remedy);
  const { mutate, isPending, data, error, reset } = useAct("requestGrant", {
    changes: ["listGrants"],
    undo: ({ grantId }) => ({
      ...counter(t("request.sent"), "endGrant", { params: { grantId } }),
      onUndone: (): void => reset(),
    }),
  });
  const named = classes.map((each) => words(`classes.${each}`)).join(", ");
  const usual = t("request.reason", { purpose: words(`purposes.${about.purpose}`), classes: named });
  const text = reason === undefined || reason.trim().length < 10 ? usual : reason;
  if (data !== undefined) return <Asked>{t(`request.states.${data.state}`)}</Asked>;
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        loading={isPending}
        onClick={() => mutate({ body: requestFor(remedy, about, { classes, reason: text }) })}
      >
        {t("request.send", { what })}
      </Button>
      <Trouble error={error} />
    </Group>
  );
}

/** In place of the button, which had the focus. */
function Asked({ children }: { readonly children: ReactNode }): ReactNode {
  const badge = useRef<HTMLDivElement>(null);
  useEffect(() => badge.current?.focus(), []);
  return (
    <Badge variant="default" ref={badge} tabIndex={-1}>
      {children}
    </Badge>
  );
}

interface Wanted {
  readonly classes: RemedyProps["classes"];
  readonly reason: string;
}

function requestFor({ code }: RemedyOf, about: About, { classes, reason }: Wanted): GrantRequest {
  const { customerId, purpose } = about;
  if (code.includes("two-person-approval"))
    return { form: "two-person", customerId, classes: [...classes], purpose, reason, hours: HOURS };
  const more = code.includes("registered-class") ? { classes: [...classes] } : { purposes: [purpose] };
  return { form: "elevation", ...more, reason, hours: HOURS };
}
