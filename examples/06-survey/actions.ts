/** The survey's stations, and where its answers go. A real operator would write to a database here. */
import type { Bot } from "./bot.d.ts";

const LINES = {
  "Red line": [
    "Alameda",
    "Chelas",
    "Olaias",
    "Bela Vista",
    "Oriente",
    "Moscavide",
    "Aeroporto",
    "Alvalade",
    "Roma",
    "Areeiro",
  ],
  "Blue line": [
    "Amadora",
    "Alfornelos",
    "Pontinha",
    "Carnide",
    "Laranjeiras",
    "Parque",
    "Avenida",
    "Restauradores",
    "Terreiro",
  ],
  "Green line": [
    "Telheiras",
    "Campo Grande",
    "Alameda",
    "Arroios",
    "Anjos",
    "Intendente",
    "Martim Moniz",
    "Rossio",
    "Baixa",
    "Cais",
  ],
  "Yellow line": [
    "Odivelas",
    "Senhor Roubado",
    "Ameixoeira",
    "Lumiar",
    "Quinta",
    "Entre Campos",
    "Picoas",
    "Saldanha",
    "Rato",
  ],
} as const;

const stations = Object.entries(LINES).flatMap(([line, names]) =>
  names.map((name) => ({
    id: `${line.charAt(0)}_${name.toLowerCase().replaceAll(" ", "_")}`.slice(0, 20),
    name,
    line,
  })),
);

const answers: { readonly station: string; readonly score: number }[] = [];

const actions: Bot["actions"] = {
  stations: () => [stations[0] ?? { id: "none", name: "No station", line: "No line" }, ...stations.slice(1)],
  save: ({ station, score }) => {
    answers.push({ station, score });
    return true;
  },
};

export default actions;
