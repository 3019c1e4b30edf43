/** What the page says, in Spanish: each a string, or a function of what it speaks of. `write` is of words.js. */
export function spanish(write) {
  const agencies = (n) => `${write.count(n)} ${n === 1 ? "agencia" : "agencias"}`;
  const bets = (n) => `${write.count(n)} ${n === 1 ? "apuesta" : "apuestas"}`;
  const named = (numbers) => {
    const names = write.numbers(numbers);
    return names === "" ? "" : `: ${names}`;
  };
  return {
    write,
    language: "es",
    skip: "Ir a las agencias",
    live: "En vivo",
    connecting: "Conectando",
    connectingSentence: "Esperando la primera respuesta de la central.",
    away: "La central no responde",
    awaySince: (time) => `Sin respuesta desde las ${write.time(time)}.`,
    awayNever: "Todavía no hubo conexión con ella.",
    awayComesBack: "La página vuelve sola cuando la central vuelve.",
    awayLast: (state) => `Lo que sigue es lo último que dijo (${state.toLowerCase()}).`,
    awayTitle: "Sin respuesta",
    states: {
      starting: "Arrancando",
      receiving: "Recibiendo apuestas",
      sealing: "Sellando las apuestas",
      sealed: "Apuestas selladas",
      drawn: "Sorteo realizado",
      draining: "Cerrando",
      storage_full: "Sin espacio en el disco",
      unsafe: "Se pueden perder apuestas",
    },
    sentences: {
      starting: () => "La central lee lo que está almacenado.",
      receiving: (expected, missing) =>
        missing.length === 0
          ? `Terminaron todas: ${agencies(expected)}.`
          : missing.length === expected
            ? expected === 1
              ? "Todavía no terminó la única agencia."
              : `Todavía no terminó ninguna de las ${agencies(expected)}.`
            : `${missing.length === 1 ? "Falta" : "Faltan"} ${write.count(missing.length)} de ` +
              `${agencies(expected)}${named(missing)}.`,
      sealing: () => "No falta ninguna agencia. Primero se sella lo recibido, después se mira el número.",
      sealed: () => "Ya no se puede agregar, quitar ni cambiar ninguna. Falta el sorteo.",
      drawn: (winners) =>
        `${winners === 0 ? "No ganó ninguna apuesta" : winners === 1 ? "Ganó una apuesta" : `Ganaron ${bets(winners)}`}. ` +
        "Cada agencia conoce solo a sus ganadores.",
      draining: () => "La central termina lo que tiene entre manos y se detiene.",
      storage_full: () => "Lo almacenado está a salvo; las apuestas nuevas se rechazan hasta que haya lugar.",
      unsafe: () => "Así como están configurados, los brokers pueden perder apuestas. El log de la central dice qué está mal.",
    },
    titles: {
      starting: "Arrancando",
      receiving: (finished, expected) => `${finished} de ${expected}`,
      sealing: "Sellando",
      sealed: "Selladas",
      draining: "Cerrando",
      storage_full: "Sin espacio",
      unsafe: "En riesgo",
    },
    winningNumber: "Número ganador",
    winningBets: "Ganadoras",
    betsStored: "Apuestas",
    agenciesFinished: "Agencias que terminaron",
    finishedOf: (finished, expected) => `${write.count(finished)} de ${write.count(expected)}`,
    seal: "Sello",
    copy: "Copiar",
    copied: "Copiado",
    sealBets: (n, closed) =>
      `SHA-256 de ${n === 1 ? "la única apuesta" : `las ${bets(n)}`} de bets.csv.` +
      (closed.length === 0
        ? ""
        : ` El operador cerró ${agencies(closed.length)}${named(closed)}.`),
    sealedAt: (time) => `Sello: ${write.instant(time)}.`,
    drawnAt: (time) => `Sorteo: ${write.instant(time)}.`,
    agencies: "Agencias",
    agency: "N.º",
    standing: "Avance",
    bets: "Apuestas",
    winners: "Ganadoras",
    scale: (most, open) =>
      most === 0
        ? "Nadie ha enviado apuestas todavía."
        : `La barra más larga equivale a ${bets(most)}.` +
          (open
            ? " El total de una agencia se conoce cuando termina: hasta entonces su barra queda abierta."
            : ""),
    show: "Mostrar",
    find: "Buscar n.º o nombre",
    noneSuch: "No hay agencias así.",
    pages: "Páginas de la lista",
    earlier: "Anteriores",
    later: "Siguientes",
    range: (from, to, of) => `${write.count(from)}–${write.count(to)} de ${write.count(of)}`,
    kinds: {
      all: "Todas",
      gone: "Sin conexión",
      absent: "No vinieron",
      sending: "Conectadas",
      closed: "Cerradas",
      finished: "Terminaron",
    },
    field: (counts) => `Un cuadro por agencia. ${counts}.`,
    notes: {
      gone: (seconds) =>
        seconds === null ? "no volvió desde que arrancó la central" : `sin conexión desde ${write.ago(seconds)}`,
      absent: () => "todavía no vino",
      sending: () => "conectada",
      closed: (seconds, reason) => `cerrada por el operador${reason === "" ? "" : `: ${reason}`}`,
      finished: () => "terminó",
    },
    rate: "Apuestas por segundo",
    fiveMinutesAgo: "hace 5 min",
    now: "ahora",
    rateNow: (now, most) =>
      `Ahora ${write.count(now)}; máximo de los últimos 5 minutos, ${write.count(most)}.`,
    refusals: "Rechazos",
    noRefusals: "Ninguno desde el arranque.",
    reasons: {
      UNSUPPORTED_VERSION: "otra versión del protocolo",
      UNKNOWN_AGENCY: "agencia no prevista",
      BAD_FRAME: "mensaje mal formado",
      BAD_CHECKSUM: "mensaje dañado en el camino",
      OUT_OF_ORDER: "mensaje fuera de lugar",
      BAD_BET: "apuesta inválida",
      GAP: "faltan apuestas en el medio",
      OVERLAP: "apuestas en parte repetidas",
      CONFLICT: "no es lo que está almacenado",
      CLOSED: "apuestas después del cierre",
      ACKED_LOST: "se perdieron apuestas confirmadas",
      FORBIDDEN: "el certificado no lo permite",
      FENCED: "reemplazada por otra sesión",
      STORAGE_FULL: "sin espacio",
      SHUTTING_DOWN: "la central se detiene, u otra la reemplaza",
      TOO_SLOW: "demasiado lenta",
      BUSY: "demasiadas conexiones",
    },
    journal: "Journal",
    size: "Tamaño",
    fsyncs: "Escrituras al disco (fsync)",
    fsyncHalf: "La mitad tarda hasta",
    fsyncMost: "El 99 % tarda hasta",
    fsyncMax: "La más lenta",
    partitions: "Particiones",
    partition: (name) => (name === "draw" ? "Sorteo" : `Apuestas ${name}`),
    ownedHere: "esta central",
    ownedByNobody: "nadie por ahora",
    takeOvers: (count) => `Tomadas por esta central desde que arrancó: ${write.count(count)}.`,
    connections: "Conexiones",
    open: "Abiertas",
    sinceStart: "Desde el arranque",
    footer: (version, started) => `Lotería ${version}. En marcha desde ${write.instant(started)}.`,
  };
}
