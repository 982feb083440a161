/** Words of ours in messages, by language. Limits: `open` 20 characters, `more` 24. */
import type { Machine } from "@parley/machine";

type Words = Readonly<Record<keyof Machine["builtin"], string>>;

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    open: "See options",
    more: "More",
    numbered: "Please answer with a number:",
    error: "Something went wrong. Please try again later.",
  },
  de: {
    open: "Auswahl ansehen",
    more: "Mehr",
    numbered: "Bitte antworte mit einer Zahl:",
    error: "Etwas ist schiefgegangen. Bitte versuche es später noch einmal.",
  },
  es: {
    open: "Ver opciones",
    more: "Más",
    numbered: "Responde con un número:",
    error: "Algo ha fallado. Inténtalo de nuevo más tarde.",
  },
  fr: {
    open: "Voir les options",
    more: "Suite",
    numbered: "Répondez par un numéro :",
    error: "Une erreur s'est produite. Réessayez plus tard.",
  },
  it: {
    open: "Vedi le opzioni",
    more: "Altro",
    numbered: "Rispondi con un numero:",
    error: "Qualcosa è andato storto. Riprova più tardi.",
  },
  pt: {
    open: "Ver opções",
    more: "Mais",
    numbered: "Responda com um número:",
    error: "Algo deu errado. Tente novamente mais tarde.",
  },
};

const FALLBACK = "en";

/** In the project's locales; a language that has no words of ours takes the English ones. */
export function builtinWords(locales: readonly string[]): Machine["builtin"] {
  const words = (kind: keyof Machine["builtin"]): Readonly<Record<string, string>> =>
    Object.fromEntries(locales.map((locale) => [locale, wordsOf(locale)[kind]]));
  return { open: words("open"), more: words("more"), numbered: words("numbered"), error: words("error") };
}

function wordsOf(locale: string): Words {
  const language = locale.split(/[_-]/)[0] ?? FALLBACK;
  return WORDS[locale] ?? WORDS[language] ?? (WORDS[FALLBACK] as Words);
}
