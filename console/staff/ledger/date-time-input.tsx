// A point in time, by the browser's own input; undefined while it is none.
import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";

export interface DateTimeInputProps {
  readonly label: string;
  readonly onChange: (instant: string | undefined) => void;
}

export function DateTimeInput({ label, onChange }: DateTimeInputProps): ReactNode {
  return (
    <TextInput
      label={label}
      type="datetime-local"
      onChange={({ currentTarget: { value } }) => {
        const at = new Date(value);
        onChange(Number.isNaN(at.getTime()) ? undefined : at.toISOString());
      }}
    />
  );
}
