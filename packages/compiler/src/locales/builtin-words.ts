/** Words of ours in messages, by language. Limits: `open` 20 characters, `more` 24. */
import type { Machine } from "@parley/machine";
import { sure } from "../text/sure.ts";

export type Word = keyof Machine["builtin"];

type Words = Readonly<Record<Word, string>>;

const WORDS: Readonly<Record<string, Words>> = {
  ar: {
    open: "عرض الخيارات",
    more: "المزيد",
    numbered: "يرجى الرد برقم:",
    error: "حدث خطأ ما. يرجى المحاولة لاحقًا.",
  },
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
  he: {
    open: "הצגת האפשרויות",
    more: "עוד",
    numbered: "נא להשיב במספר:",
    error: "משהו השתבש. נא לנסות שוב מאוחר יותר.",
  },
  hi: {
    open: "विकल्प देखें",
    more: "और",
    numbered: "कृपया एक संख्या से उत्तर दें:",
    error: "कुछ गड़बड़ हो गई। कृपया बाद में फिर कोशिश करें।",
  },
  id: {
    open: "Lihat pilihan",
    more: "Lainnya",
    numbered: "Silakan jawab dengan angka:",
    error: "Terjadi kesalahan. Silakan coba lagi nanti.",
  },
  it: {
    open: "Vedi le opzioni",
    more: "Altro",
    numbered: "Rispondi con un numero:",
    error: "Qualcosa è andato storto. Riprova più tardi.",
  },
  nl: {
    open: "Bekijk opties",
    more: "Meer",
    numbered: "Antwoord met een nummer:",
    error: "Er ging iets mis. Probeer het later opnieuw.",
  },
  pl: {
    open: "Zobacz opcje",
    more: "Więcej",
    numbered: "Odpowiedz numerem:",
    error: "Coś poszło nie tak. Spróbuj ponownie później.",
  },
  pt: {
    open: "Ver opções",
    more: "Mais",
    numbered: "Responda com um número:",
    error: "Algo deu errado. Tente novamente mais tarde.",
  },
  ru: {
    open: "Показать варианты",
    more: "Ещё",
    numbered: "Ответьте номером:",
    error: "Что-то пошло не так. Попробуйте позже.",
  },
  tr: {
    open: "Seçenekleri gör",
    more: "Daha fazla",
    numbered: "Lütfen bir sayıyla yanıtlayın:",
    error: "Bir şeyler ters gitti. Lütfen daha sonra tekrar deneyin.",
  },
};

const FALLBACK = "en";

/** Ours in this language, if we have them. */
export function ownWord(locale: string, word: Word): string | undefined {
  const language = sure(locale.split(/[_-]/)[0]);
  return (WORDS[locale] ?? WORDS[language])?.[word];
}

/** In English where we have none in this language. */
export function builtinWord(locale: string, word: Word): string {
  return ownWord(locale, word) ?? (WORDS[FALLBACK] as Words)[word];
}
