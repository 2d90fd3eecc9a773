// Which factor would get more, and whether whoever asks has it: nobody is asked for a code that does not help.
import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { canUsePasskeys } from "../../shared/passkeys.ts";
import { useSession } from "../../shared/session.ts";
import type { FactorWanted } from "../in-hand/disclose.ts";
import type { PreviewAnswer } from "./use-preview.ts";

export interface Wanted {
  readonly first: FactorWanted | null;
  readonly lacksPasskey: boolean;
}

export function useFactorWanted(asks: PreviewAnswer["asks"] | undefined): Wanted {
  const { factors } = useSession();
  if (asks?.stepUp !== true) return { first: null, lacksPasskey: false };
  if (!asks.passkey) return { first: "any", lacksPasskey: false };
  const hasPasskey = canUsePasskeys() && factors.factors.some(({ kind }) => kind === "passkey");
  return { first: hasPasskey ? "passkey" : null, lacksPasskey: !hasPasskey };
}

export function NoPasskey(): ReactNode {
  const t = useTranslations("ask");
  return (
    <Text size="sm" mt="sm">
      {t.rich("noPasskey", {
        account: (words) => (
          <Anchor component={Link} to="/account" inherit>
            {words}
          </Anchor>
        ),
      })}
    </Text>
  );
}
