// In which a customer may read what is made for them: by their own names, which everybody finds.
export type Language = "en" | "es" | "de";

export const LANGUAGES: { readonly value: Language; readonly label: string }[] = [
  { value: "en", label: "English" },
  { value: "es", label: "Español" },
  { value: "de", label: "Deutsch" },
];
