// Where somebody lives: the country, and the state where laws differ by it.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { statesOf, useCountries } from "./places.ts";

export interface PlaceDraft {
  readonly country: string | null;
  readonly state: string | null;
}

export function isWhole({ country, state }: PlaceDraft): boolean {
  return country !== null && (statesOf(country).length === 0 || state !== null);
}

export interface PlaceFieldsProps {
  readonly place: PlaceDraft;
  readonly label: string;
  readonly onChange: (place: PlaceDraft) => void;
}

export function PlaceFields({ place, label, onChange }: PlaceFieldsProps): ReactNode {
  const t = useTranslations("rights-words");
  const states = statesOf(place.country);
  return (
    <>
      <Select
        label={label}
        description={t("placeHint")}
        data={[...useCountries()]}
        searchable
        value={place.country}
        onChange={(country) => onChange({ country, state: null })}
      />
      {states.length > 0 && (
        <Select
          label={t("state")}
          data={[...states]}
          searchable
          value={place.state}
          onChange={(state) => onChange({ ...place, state })}
        />
      )}
    </>
  );
}
