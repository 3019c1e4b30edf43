/** All agencies at a glance: a square each, coloured by its kind, however many they are. */

const SIDE_MAX = 12;
const SIDE_MIN = 2;
const HEIGHT_MAX = 240;

/** Paints squares of these kinds, in order, row by row; colours are the style sheet's `--KIND`. */
export function drawField(canvas, kinds) {
  const width = canvas.parentElement.clientWidth;
  if (width === 0) {
    return;
  }
  const { side, columns } = gridOf(kinds.length, width);
  const height = Math.ceil(kinds.length / columns) * side;
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = `${height}px`;
  const style = getComputedStyle(canvas);
  const paint = canvas.getContext("2d");
  paint.scale(scale, scale);
  const gap = side >= 8 ? 2 : side >= 4 ? 1 : 0;
  for (const kind of new Set(kinds)) {
    paint.fillStyle = style.getPropertyValue(`--${kind}`);
    kinds.forEach((each, index) => {
      if (each === kind) {
        paint.fillRect((index % columns) * side, Math.floor(index / columns) * side, side - gap, side - gap);
      }
    });
  }
}

/** The largest squares with which all fit, as far as squares may shrink; then the field grows. */
function gridOf(count, width) {
  for (let side = SIDE_MAX; ; side--) {
    const columns = Math.floor(width / side);
    if (side === SIDE_MIN || Math.ceil(count / columns) * side <= HEIGHT_MAX) {
      return { side, columns };
    }
  }
}
