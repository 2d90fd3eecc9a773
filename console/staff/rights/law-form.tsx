// Having the law chosen again, when it turns out where somebody lives or what it is about; why each law reaches it or does not is on the page.
import { Select, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { MATTERS, type Matter } from "../../shared/rights/kinds.ts";
import { isWhole, type PlaceDraft, PlaceFields } from "../../shared/rights/place-fields.tsx";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

export function LawForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const [place, setPlace] = useState<PlaceDraft>(right.place);
  const [about, setAbout] = useState<Matter>(right.about);
  const params = { requestId: right.requestId };
  const former = { do: "choose-law", place: right.place, about: right.about } as const;
  const act = useAct("takeRightStep", {
    changes: ["readRight", "listRights"],
    undo: () => counter(t("chosen"), "takeRightStep", { params, body: former }),
    onDone,
  });
  const isSame = place.country === right.place.country && place.state === right.place.state && about === right.about;
  return (
    <ActForm
      action={t("acts.law")}
      act={act}
      isIncomplete={!isWhole(place) || isSame}
      onSubmit={() => {
        const { country, state } = place;
        if (country !== null) act.mutate({ params, body: { do: "choose-law", place: { country, state }, about } });
      }}
    >
      <Text size="sm">{t("meaning.law")}</Text>
      <PlaceFields label={t("file.country")} place={place} onChange={setPlace} />
      <Select
        label={t("about")}
        data={MATTERS.map((value) => ({ value, label: w(`matters.${value}`) }))}
        allowDeselect={false}
        value={about}
        onChange={(value) => setAbout((value ?? "insurance") as Matter)}
      />
    </ActForm>
  );
}
