/** The data_visualization block: line, bar, area and pie as SVG, with the same numbers as a table beside it. */

import { h, svg, uniqueId } from "./dom.js";

const HEIGHT = 240;
const PAD = { top: 14, right: 12, bottom: 34, left: 44 };
const LABEL_WIDTH = 64;
const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

function niceStep(span, count) {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough);
  return factor * power;
}

function scaleOf(series) {
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const whole = values.every(Number.isInteger);
  const step = Math.max(niceStep(high - low || 1, 4), whole ? 1 : 0);
  const from = Math.floor(low / step) * step;
  const to = Math.max(Math.ceil(high / step), from / step + 1) * step;
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
  return { from, to, ticks };
}

function frame(width, { from, to, ticks }, categories) {
  const inner = { width: width - PAD.left - PAD.right, height: HEIGHT - PAD.top - PAD.bottom };
  const band = inner.width / categories.length;
  const x = (index) => PAD.left + band * (index + 0.5);
  const y = (value) => PAD.top + inner.height * (1 - (value - from) / (to - from));
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / band));
  const room = Math.max(4, Math.floor((band * every) / 7));
  const clip = (text) => (text.length > room ? `${text.slice(0, room - 1)}…` : text);
  const marks = ticks.flatMap((tick) => [
    svg("line", { class: tick === 0 ? "axis" : "grid", x1: PAD.left, x2: width - PAD.right, y1: y(tick), y2: y(tick) }),
    svg("text", { class: "tick", x: PAD.left - 8, y: y(tick) + 4, "text-anchor": "end", text: NUMBER.format(tick) }),
  ]);
  const names = categories.map((name, index) => (index % every ? null
    : svg("text", { class: "tick", x: x(index), y: HEIGHT - 12, "text-anchor": "middle", text: clip(name) })));
  return { x, y, band, marks: [...marks, ...names] };
}

const valueAt = ({ data }, category) => data.find(({ label }) => label === category)?.value ?? 0;

function bars(series, categories, { x, y, band }) {
  const thick = Math.min(44, (band * 0.72) / series.length);
  return categories.flatMap((category, index) => series.map((one, place) => {
    const value = valueAt(one, category);
    const left = x(index) + (place - series.length / 2) * thick;
    return svg("rect", {
      class: `fill-${place}`, x: left + 1, width: Math.max(1, thick - 2), y: Math.min(y(value), y(0)), height: Math.abs(y(value) - y(0)), rx: Math.min(3, thick / 4),
    });
  }));
}

function lines(series, categories, { x, y }, filled) {
  return series.flatMap((one, place) => {
    const points = categories.map((category, index) => [x(index), y(valueAt(one, category))]);
    const path = points.map(([px, py], index) => `${index ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`).join("");
    const area = `${path}L${points.at(-1)[0].toFixed(1)} ${y(0)}L${points[0][0].toFixed(1)} ${y(0)}Z`;
    return [
      filled ? svg("path", { class: `area fill-${place}`, d: area }) : null,
      svg("path", { class: `line stroke-${place}`, d: path }),
      ...points.map(([cx, cy]) => svg("circle", { class: `dot fill-${place}`, cx, cy, r: 3.5 })),
    ];
  });
}

function plot({ type, series, axis_config: axis }, width) {
  const categories = axis?.categories ?? series[0].data.map(({ label }) => label);
  const box = frame(width, scaleOf(series), categories);
  const shapes = type === "bar" ? bars(series, categories, box) : lines(series, categories, box, type === "area");
  return [...box.marks, ...shapes];
}

function slice(from, to, radius) {
  const point = (share) => {
    const angle = share * 2 * Math.PI - Math.PI / 2;
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  };
  return `M0 0L${point(from)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)}Z`;
}

function pie({ segments }, width) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const radius = HEIGHT / 2 - 12;
  let at = 0;
  const shapes = segments.map(({ value }, place) => {
    const from = at;
    at += total ? value / total : 0;
    if (at - from > 0.9999) return svg("circle", { class: `fill-${place}`, r: radius });
    return svg("path", { class: `slice fill-${place}`, d: slice(from, at, radius) });
  });
  return [svg("g", { transform: `translate(${width / 2} ${HEIGHT / 2})` }, shapes)];
}

function legend(names) {
  return h("ul", { class: "legend", "aria-hidden": "true" }, names.map((name, place) => h("li", {}, h("span", { class: `swatch fill-${place}` }), name)));
}

function numbers(title, { series, segments, axis_config: axis }) {
  const categories = segments ? segments.map(({ label }) => label) : axis?.categories ?? series[0].data.map(({ label }) => label);
  const heads = segments ? ["Value"] : series.map(({ name }) => name);
  const row = (label) => (segments ? [segments.find((each) => each.label === label).value] : series.map((one) => valueAt(one, label)));
  return h("details", { class: "numbers" }, h("summary", { text: "Show the numbers" }),
    h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": `Numbers of ${title}` },
      h("table", {},
        h("thead", {}, h("tr", {}, h("th", { scope: "col", text: axis?.x_label ?? "" }), heads.map((name) => h("th", { scope: "col", class: "right", text: name })))),
        h("tbody", {}, categories.map((label) => h("tr", {}, h("th", { scope: "row", text: label }),
          row(label).map((value) => h("td", { class: "right", text: NUMBER.format(value) }))))))));
}

function spoken(title, { type, series, segments }) {
  const list = (points) => points.map(({ label, value }) => `${label} ${NUMBER.format(value)}`).join(", ");
  const words = segments ? list(segments) : series.map(({ name, data }) => `${name}: ${list(data)}`).join("; ");
  return `${title}. ${type[0].toUpperCase()}${type.slice(1)} chart. ${words}.`;
}

function shareNames(segments) {
  const total = segments.reduce((sum, { value }) => sum + value, 0) || 1;
  return segments.map(({ label, value }) => `${label} · ${NUMBER.format(value)} (${Math.round((value / total) * 100)} %)`);
}

/**
 * A chart that redraws to the width it has, so that its words never shrink.
 * @param {{title: string, chart: object}} block
 * @returns {HTMLElement}
 */
export function chartNode({ title, chart }) {
  const titleId = uniqueId("chart");
  const drawing = svg("svg", { class: "drawing", role: "img", "aria-label": spoken(title, chart), height: HEIGHT });
  const names = chart.type === "pie" ? shareNames(chart.segments) : chart.series.map(({ name }) => name);
  const axis = chart.axis_config ?? {};
  const canvas = h("div", { class: "canvas" }, drawing);
  let drawn = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.max(200, Math.round(contentRect.width));
    if (width === drawn) return;
    drawn = width;
    drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    drawing.replaceChildren(...(chart.type === "pie" ? pie(chart, width) : plot(chart, width)).flat(2).filter(Boolean));
  }).observe(canvas);
  return h("figure", { class: "chart", "aria-labelledby": titleId },
    h("figcaption", { id: titleId, text: title }),
    axis.y_label ? h("p", { class: "axis-name", "aria-hidden": "true", text: axis.y_label }) : null,
    canvas,
    axis.x_label ? h("p", { class: "axis-name axis-name-x", "aria-hidden": "true", text: axis.x_label }) : null,
    legend(names), numbers(title, chart));
}
