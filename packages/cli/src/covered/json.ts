import type { CoverageFormat, CoveredItem } from "./report.ts";

/** One object; files as people call them from where they are, lines and columns from 1. */
export const json: CoverageFormat = (report) => {
  const sum = (of: (bot: (typeof report)[number]) => number): number => report.reduce((all, bot) => all + of(bot), 0);
  const locales = report.flatMap((bot) =>
    bot.locales.map(({ locale, covered, total, items }) => ({
      ...{ bot: bot.name, locale, covered, total },
      items: items.map((item) => plain(bot.name, item)),
    })),
  );
  const object = {
    version: 1,
    covered: sum(({ covered }) => covered),
    total: sum(({ total }) => total),
    items: report.flatMap((bot) => bot.items.map((item) => plain(bot.name, item))),
    ...(locales.length > 0 ? { locales } : {}),
  };
  return `${JSON.stringify(object, null, 2)}\n`;
};

function plain(bot: string, { kind, id, count, file, line, column }: CoveredItem): object {
  return { bot, kind, id, count, file, line, column };
}
