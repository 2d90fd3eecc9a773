// What a preview found, as pictures with the same figures as tables: due, kept, not to be judged, and what falls due later.
import { SimpleGrid } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { Empty } from "../../shared/empty.tsx";
import { Loading } from "../../shared/loading.tsx";
import { Picture } from "../../shared/pictures/picture.tsx";
import type { Disposal } from "./disposal.tsx";

const StackedBars = lazy(async () => ({
  default: (await import("../../shared/pictures/stacked-bars.tsx")).StackedBars,
}));

type Found = NonNullable<Disposal["found"]>;
type Counted = Found["dueBy"];

export function DisposalPictures({ found }: { readonly found: Found }): ReactNode {
  const why = useTranslations("disposals.why");
  const words = useTranslations("words");
  const reason = (name: string): string => why(name as never);
  const kindAndLine = (name: string): string => {
    const [kind = "", line = ""] = name.split("/");
    return `${words(`unitKinds.${kind}` as never)}, ${words(`lines.${line}` as never)}`;
  };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <One kind="due" of={found.dueBy} nameOf={kindAndLine} />
      <One kind="coming" of={found.comingBy} nameOf={(year) => year} isStanding />
      <One kind="kept" of={found.blockedBy} nameOf={reason} />
      <One kind="unjudged" of={found.unjudgedBy} nameOf={reason} />
    </SimpleGrid>
  );
}

interface OneProps {
  readonly kind: "due" | "kept" | "unjudged" | "coming";
  readonly of: Counted;
  readonly nameOf: (name: string) => string;
  readonly isStanding?: boolean;
}

function One({ kind, of, nameOf, isStanding = false }: OneProps): ReactNode {
  const t = useTranslations("disposals.pictures");
  const count = of.reduce((sum, one) => sum + one.count, 0);
  const rows = of.map((one) => ({ name: nameOf(one.name), count: one.count }));
  return (
    <Picture
      title={t(kind)}
      summary={t(`${kind}Summary`, { count })}
      columns={[t("what"), t("units")]}
      rows={rows.map(({ name, count: units }) => [name, units])}
    >
      {rows.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <Suspense fallback={<Loading />}>
          <StackedBars
            isLying={!isStanding}
            series={[{ name: t("units"), color: kind === "due" ? "red.7" : "ink.6" }]}
            data={rows.map(({ name, count: units }) => ({ name, [t("units")]: units }))}
          />
        </Suspense>
      )}
    </Picture>
  );
}
