// Where an invitation leads: a password, a second factor, recovery codes. Also where a session goes that lacks one of them.
import { Anchor } from "@mantine/core";
import { Navigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAsk } from "../../shared/queries.ts";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { AddFactor } from "../account/add-factor.tsx";
import { ChoosePassword } from "../account/choose-password.tsx";
import { RecoveryCodes } from "../account/recovery-codes.tsx";
import { Invitation } from "./invitation.tsx";

/** Behind the #, which no server sees. It is good once, and yet it need not stay in the history. */
const token = location.pathname === "/enrol" ? location.hash.slice(1) : "";
if (token !== "") history.replaceState(null, "", "/enrol");

const PASSWORD_CHARACTERS_MIN = 12;

type Step = "invited" | "password" | "factor" | readonly string[];

export function Enrol(): ReactNode {
  return token === "" ? <Complete /> : <Invited />;
}

function Invited(): ReactNode {
  const t = useTranslations("sign-in");
  const [step, setStep] = useState<Step>("invited");
  const [lengthMin, setLengthMin] = useState(PASSWORD_CHARACTERS_MIN);
  if (step === "invited") {
    return (
      <Invitation
        token={token}
        onAccepted={(invitation) => {
          setLengthMin(invitation.password.lengthMin);
          setStep("password");
        }}
      />
    );
  }
  if (step === "password") {
    return <ChoosePassword title={t("choosePassword")} lengthMin={lengthMin} onChosen={() => setStep("factor")} />;
  }
  return <Rest step={step} onStep={setStep} />;
}

function Rest({ step, onStep }: { readonly step: Step; readonly onStep: (step: Step) => void }): ReactNode {
  const t = useTranslations("sign-in");
  // A whole new page, so that nothing of the way here stays in it.
  const leave = (): void => location.replace("/home");
  if (typeof step === "object") return <RecoveryCodes codes={step} onKept={leave} />;
  return (
    <Page title={t("addFactor.title")} lead={t("addFactor.lead")}>
      <AddFactor name={t("addFactor.name")} onAdded={(codes) => (codes === null ? leave() : onStep(codes))} />
    </Page>
  );
}

/** Somebody who is signed in as far as one can be without. */
function Complete(): ReactNode {
  const t = useTranslations("sign-in");
  const session = useAsk("getSession", {});
  const [step, setStep] = useState<Step | null>(null);
  if (typeof step === "object" && step !== null) return <Rest step={step} onStep={setStep} />;
  if (session.error !== null) {
    return (
      <Page title={t("invitation.none")} lead={t("invitation.openWhole")}>
        <Anchor href="/sign-in">{t("invitation.signIn")}</Anchor>
      </Page>
    );
  }
  return (
    <Answered of={session}>
      {({ needs, factors }) => {
        const lengthMin = PASSWORD_CHARACTERS_MIN;
        if (needs === "new-password") {
          const leave = (): void => location.replace("/home");
          return <ChoosePassword title={t("newPassword")} lengthMin={lengthMin} onChosen={leave} />;
        }
        if (needs !== "enrolment") return <Navigate to="/home" replace />;
        // Reloaded before a password was chosen: the invitation is used up, and no factor is taken without one.
        if (step === null && factors.passwordSetAt === null) {
          return (
            <ChoosePassword title={t("choosePassword")} lengthMin={lengthMin} onChosen={() => setStep("factor")} />
          );
        }
        return <Rest step={step ?? "factor"} onStep={setStep} />;
      }}
    </Answered>
  );
}
