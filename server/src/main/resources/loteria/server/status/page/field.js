/** All agencies at a glance: a square each, coloured by its kind, however many they are. */

/** Both in the page's letters, which are larger in a hall. */
const SIDE_MAX_REM = 0.75;
const HEIGHT_MAX_REM = 15;
const SIDE_MIN = 2;

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
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  for (let side = Math.round(SIDE_MAX_REM * rem); ; side--) {
    const columns = Math.floor(width / side);
    if (side === SIDE_MIN || Math.ceil(count / columns) * side <= HEIGHT_MAX_REM * rem) {
      return { side, columns };
    }
  }
}
