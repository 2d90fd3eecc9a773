// Chooses one person, or several, by name; whoever left is not offered.
import { MultiSelect, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useAllPeople } from "./people.ts";
import { useNames } from "./choices.ts";

const SHOWN_MAX = 100;

interface Common {
  readonly label: string;
  readonly description?: string;
  /** Not offered: separation of duty forbids them here. */
  readonly without?: readonly string[];
}

function usePeopleChoices(without: readonly string[]): { value: string; label: string }[] {
  const { rows } = useAllPeople();
  const name = useNames();
  return rows
    .filter(({ staffId, status }) => status !== "revoked" && !without.includes(staffId))
    .map((person) => ({ value: person.staffId, label: `${person.name} (${name.role(person.role)})` }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
}

export interface PersonSelectProps extends Common {
  readonly value: string | null;
  readonly onChange: (staffId: string | null) => void;
}

export function PersonSelect({ label, description, without = [], value, onChange }: PersonSelectProps): ReactNode {
  return (
    <Select
      label={label}
      description={description}
      searchable
      openOnFocus={false}
      clearable
      limit={SHOWN_MAX}
      data={usePeopleChoices(without)}
      value={value}
      onChange={onChange}
    />
  );
}

export interface PeopleSelectProps extends Common {
  readonly value: readonly string[];
  readonly onChange: (staffIds: readonly string[]) => void;
}

export function PeopleSelect({ label, description, without = [], value, onChange }: PeopleSelectProps): ReactNode {
  return (
    <MultiSelect
      label={label}
      description={description}
      searchable
      openOnFocus={false}
      limit={SHOWN_MAX}
      data={usePeopleChoices(without)}
      value={[...value]}
      onChange={onChange}
    />
  );
}
