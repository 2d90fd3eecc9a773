// What a person signed and a package rests on: how far it goes, and its paper for whoever acts on it.
import { Button, Stack, Text, Title } from "@mantine/core";
import { IconFileDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { paperEnding } from "../../../contract/file-endings.ts";
import { Facts } from "../../shared/facts.tsx";
import { saveFile } from "../../shared/save-file.ts";
import type { Opened } from "./view-once.tsx";

type Signed = Opened["enclosed"][number];

export interface EnclosedProps {
  readonly signed: Signed;
  /** Which of the people on the page. */
  readonly person: number;
  readonly mayKeep: boolean;
}

export function Enclosed({ signed, person, mayKeep }: EnclosedProps): ReactNode {
  const t = useTranslations("portal-room.enclosed");
  const { title, paper } = signed;
  // INVARIANT: saved and never shown in a page of ours, whatever it says that it is.
  const save = (given: NonNullable<Signed["paper"]>): void => {
    const name = `authorization-${person}${paperEnding(given.mediaType)}`;
    saveFile(new Blob([Uint8Array.fromBase64(given.base64)], { type: "application/octet-stream" }), name);
  };
  return (
    // Without a ground of its own, so that the mark of who reads it lies under it as well.
    <section>
      <Stack gap="xs" align="start">
        <Title order={2} size="h4">
          {t("title", { number: person })}
        </Title>
        <Text size="sm">{title}</Text>
        <Terms signed={signed} />
        {paper === null && <Text size="sm">{t("inPortal")}</Text>}
        {paper !== null && mayKeep && (
          <Button variant="default" leftSection={<IconFileDownload aria-hidden />} onClick={() => save(paper)}>
            {t("save")}
          </Button>
        )}
      </Stack>
    </section>
  );
}

function Terms({ signed: { signedAt, signedBy, expiresAt, narrowing } }: { readonly signed: Signed }): ReactNode {
  const t = useTranslations("portal-room.enclosed");
  const format = useFormatter();
  const day = (instant: string): string => format.dateTime(new Date(instant), { dateStyle: "long", timeZone: "UTC" });
  const { bodyParts = [], diagnoses = [], servicesFrom = null, servicesTo = null } = narrowing ?? {};
  const dates = [servicesFrom, servicesTo].map((date) => (date === null ? "…" : day(date))).join(" – ");
  return (
    <Facts
      of={[
        [t("signed"), t(`by.${signedBy}`, { day: day(signedAt) })],
        ...(expiresAt === null ? [] : [[t("until"), day(expiresAt)] as const]),
        ...(bodyParts.length === 0 ? [] : [[t("bodyParts"), format.list(bodyParts)] as const]),
        ...(diagnoses.length === 0 ? [] : [[t("diagnoses"), format.list(diagnoses)] as const]),
        ...(servicesFrom === null && servicesTo === null ? [] : [[t("services"), dates] as const]),
      ]}
    />
  );
}
