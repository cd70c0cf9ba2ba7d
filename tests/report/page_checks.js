// SPDX-License-Identifier: Apache-2.0
// Runs inside the report and returns a list of faults in words. Knows nothing of how the page is made, only its marks:
// data-panel (a part), data-body (its content), data-none (an absence in words), data-map-label.
(() => {
  const faults = [];
  const fault = (text) => { if (faults.length < 60) faults.push(text); };
  const name = (element) => element.closest('[data-panel]')?.dataset.panel ?? 'page';
  const words = (element) => (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60);
  const shown = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== 'hidden' && style.display !== 'none' && box.width > 0 && box.height > 0;
  };
  const over = (a, b, slack) => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
  const marks = (svg) => [...svg.querySelectorAll('path, rect, circle, line, image')].filter((mark) => {
    if (mark.closest('.axis, clipPath') || mark.getAttribute('fill') === 'transparent') return false;
    const box = mark.getBoundingClientRect();
    return box.width > 0 || box.height > 0;
  });

  for (const panel of document.querySelectorAll('[data-panel]')) {
    const id = panel.dataset.panel;
    const body = panel.querySelector('[data-body]');
    if (!shown(panel)) fault(`${id}: the panel has no size`);
    if (!body) { fault(`${id}: no body`); continue; }
    const drawn = [...body.querySelectorAll('.chart svg')].some((svg) => marks(svg).length > 0);
    const rows = body.querySelector('tbody tr, tbody th') !== null;
    const none = [...body.querySelectorAll('[data-none]')].some((p) => shown(p) && words(p).length > 12);
    if (!drawn && !rows && !none && words(body).length < 40) fault(`${id}: blank`);
  }

  for (const svg of document.querySelectorAll('.chart svg')) {
    if (svg.closest('details:not([open])')) continue;
    if (!shown(svg)) { fault(`${name(svg)}: a chart has no size`); continue; }
    if (marks(svg).length === 0) fault(`${name(svg)}: a chart without marks (${svg.getAttribute('aria-label')})`);
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter((t) => shown(t)).map((t) => ({ t, box: t.getBoundingClientRect() }));
    for (const { t, box } of texts) {
      if (box.left < frame.left - 1.5 || box.right > frame.right + 1.5 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3) fault(`${name(svg)}: text cut at the edge: "${words(t)}"`);
    }
    texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => {
      const both_on_map = a.t.dataset.mapLabel !== undefined && b.t.dataset.mapLabel !== undefined; // judged more strictly below
      if (!both_on_map && over(a.box, b.box, 1.5)) fault(`${name(svg)}: texts overlap: "${words(a.t)}" and "${words(b.t)}"`);
    }));
  }

  const labels = [...document.querySelectorAll('[data-map-label]')].map((t) => ({ t, box: t.getBoundingClientRect() }));
  labels.forEach((a, i) => labels.slice(i + 1).forEach((b) => {
    if (over(a.box, b.box, 0.5)) fault(`map: labels overlap: "${words(a.t)}" and "${words(b.t)}"`);
  }));

  for (const element of document.querySelectorAll('svg *')) {
    for (const attribute of element.attributes) {
      const free_text = attribute.name === 'aria-label' || attribute.value.startsWith('data:'); // base64 may spell anything
      if (!free_text && /NaN|undefined|Infinity/.test(attribute.value)) fault(`${name(element)}: <${element.tagName} ${attribute.name}="${attribute.value.slice(0, 40)}">`);
    }
  }
  const bad = (document.getElementById('report')?.innerText ?? '').match(/.{0,30}(\bNaN\b|\bundefined\b|\bInfinity\b|\[object |\bnull\b).{0,20}/);
  if (bad) fault(`page: the text reads "${bad[0]}"`);

  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) fault(`page: ${document.documentElement.scrollWidth} px wide in a window of ${width}`);
  for (const element of document.querySelectorAll('#report *')) {
    if (element.closest('svg, .scroll, .visually-hidden, .skip, thead') || !shown(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.right > width + 1 || box.left < -1) fault(`${name(element)}: <${element.tagName.toLowerCase()}> leaves the window: "${words(element)}"`);
    const cell = element.matches('td, th, .share-bar span, .badge, button, select, legend, h1, h2, h3, p');
    if (cell && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline') fault(`${name(element)}: cut or spilling <${element.tagName.toLowerCase()}>: "${words(element)}"`);
  }
  return faults;
})()
