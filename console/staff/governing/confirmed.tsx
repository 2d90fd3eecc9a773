// A mark beside a citation that nobody has held against the law's own text: whoever reads it must not take it for certain.
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

export function Confirmed({ of }: { readonly of: { readonly confirmed: "none" | "secondary" | "text" } }): ReactNode {
  const t = useTranslations("governing.confirmed");
  if (of.confirmed === "text") return null;
  const isNone = of.confirmed === "none";
  return (
    <Badge
      component="span"
      variant={isNone ? "filled" : "default"}
      color={isNone ? "red.9" : "gray"}
      tt="none"
      size="sm"
    >
      {t(of.confirmed)}
    </Badge>
  );
}
