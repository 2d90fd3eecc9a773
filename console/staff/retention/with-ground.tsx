// Keeps something back by a ground that is chosen from the law's, beside the way that needs none.
import { Button, Group, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Trouble } from "../../shared/trouble.tsx";

type Held = AnswerOf<"listDataCopies">["items"][number]["held"][number];
export type Ground = NonNullable<NonNullable<Held["decision"]>["ground"]>;

interface WithGroundProps {
  readonly act: { readonly isPending: boolean; readonly error: unknown };
  readonly withhold: string;
  readonly onWithhold: (ground: Ground) => void;
  /** The way without a ground. */
  readonly children?: ReactNode;
}

export function WithGround({ act, withhold, onWithhold, children }: WithGroundProps): ReactNode {
  const t = useTranslations("retention.packages");
  const grounds = Object.keys(useMessages().retention.packages.grounds) as Ground[];
  const [ground, setGround] = useState<Ground | null>(null);
  return (
    <>
      <Trouble error={act.error} />
      <Group align="end" gap="sm">
        <Select
          label={t("ground")}
          w={320}
          maw="100%"
          data={grounds.map((value) => ({ value, label: t(`grounds.${value}`) }))}
          value={ground}
          onChange={(value) => setGround(value as Ground | null)}
        />
        <Button
          variant="default"
          disabled={ground === null}
          loading={act.isPending}
          onClick={() => ground !== null && onWithhold(ground)}
        >
          {withhold}
        </Button>
        {children}
      </Group>
    </>
  );
}
