// The lines by day: only those near what is seen are drawn, so that thousands of them stay smooth; earlier ones come as one gets there.
import { Button, Group, Title } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Pages } from "../../shared/pages.ts";
import { OneLine } from "./one-line.tsx";
import { type Line, type Row, rowsOf } from "./rows.ts";

const DAY_PIXELS = 52;
const LINE_PIXELS = 104;
const BEYOND = 8;

export interface LinesProps {
  readonly lines: readonly Line[];
  readonly more: Pages<Line>["more"];
  readonly customerId: string | undefined;
}

export function Lines({ lines, more, customerId }: LinesProps): ReactNode {
  const t = useTranslations("portal-timeline");
  const format = useFormatter();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(
    () => rowsOf(lines, (at) => format.dateTime(new Date(at), { dateStyle: "full" })),
    [lines, format],
  );
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.kind === "day" ? DAY_PIXELS : LINE_PIXELS),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: BEYOND,
    scrollMargin: list.current === null ? 0 : list.current.getBoundingClientRect().top + window.scrollY,
  });
  const near = virtual.getVirtualItems();
  const isAtEnd = (near.at(-1)?.index ?? 0) >= rows.length - 1;
  useEffect(() => {
    if (isAtEnd && more.hasMore && !more.isLoading) more.load();
  }, [isAtEnd, more]);
  const toggle = (key: string): void =>
    setOpen((former) => new Set(former.has(key) ? [...former].filter((each) => each !== key) : [...former, key]));
  return (
    <>
      <div
        ref={list}
        role="list"
        aria-label={t("title")}
        style={{ position: "relative", height: virtual.getTotalSize() }}
      >
        {near.map(({ index, key, start }) => (
          <div
            key={key}
            role="listitem"
            data-index={index}
            ref={virtual.measureElement}
            style={{
              position: "absolute",
              insetInline: 0,
              top: 0,
              transform: `translateY(${start - virtual.options.scrollMargin}px)`,
            }}
          >
            {drawn(rows[index]!, open, toggle, customerId)}
          </div>
        ))}
      </div>
      {more.hasMore && (
        <Group justify="center">
          <Button variant="default" loading={more.isLoading} onClick={() => more.load()}>
            {t("earlier")}
          </Button>
        </Group>
      )}
    </>
  );
}

function drawn(
  row: Row,
  open: ReadonlySet<string>,
  toggle: (key: string) => void,
  customerId: string | undefined,
): ReactNode {
  if (row.kind === "day") {
    return (
      <Title order={2} size="h3" pt="lg" pb="xs">
        {row.key}
      </Title>
    );
  }
  const { key, line } = row;
  return <OneLine line={line} isOpen={open.has(key)} onToggle={() => toggle(key)} customerId={customerId} />;
}
