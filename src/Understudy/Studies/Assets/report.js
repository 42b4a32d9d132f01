'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const metrics = data.metrics;
  const ids = Object.keys(metrics.methods);
  const baselines = metrics.baselines;
  const charts = [];

  // ---- small helpers: all text goes in as text, never as markup

  const h = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
    element.append(...children.flat().filter(child => child !== null && child !== undefined));
    return element;
  };
  const section = id => document.getElementById(id);
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const methodKey = id => `--series-${ids.indexOf(id) % 6 + 1}`;
  const methodColour = id => colour(methodKey(id));
  const number = value => value === null ? '–'
    : value === 0 ? '0'
    : Math.abs(value) >= 1000 || Number.isInteger(value) && Math.abs(value) > 1 ? Math.round(value).toLocaleString('en') // a count
    : Math.abs(value) >= 100 ? value.toFixed(1)
    : Math.abs(value) >= 10 ? value.toFixed(2)
    : Math.abs(value) >= 0.001 ? value.toFixed(3)
    : value.toExponential(1);
  const count = value => value.toLocaleString('en');
  // The largest TPR that (ε, δ)-DP leaves any attack at each FPR f: min(e^ε f + δ, 1 - e^-ε (1 - δ - f)).
  const limit = ({ epsilon, delta }, least) => Array.from({ length: 61 }, (_, i) => least ** (1 - i / 60))
    .map(f => [f, Math.min(1, Math.exp(epsilon) * f + delta, 1 - Math.exp(-epsilon) * (1 - delta - f))]);
  const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);
  const find = (list, name) => list.find(metric => metric.name === name);

  const cell = (metric, withNote) => h('td', null,
    metric ? number(metric.value) : '–',
    metric?.interval ? h('span', { class: 'interval' }, `${number(metric.interval.lower)} to ${number(metric.interval.upper)}`) : null,
    metric?.note && withNote ? h('span', { class: 'note' }, metric.note) : null);
  const head = (...names) => h('thead', null, h('tr', null, names.map(name => h('th', { scope: 'col' }, name))));
  const table = (caption, header, rows) =>
    h('div', { class: 'scroll' }, h('table', null, h('caption', null, caption), header, h('tbody', null, rows)));
  const rowHead = (text, key) => h('th', { scope: 'row' },
    key ? h('span', { class: 'swatch', style: `background: var(${key})`, 'aria-hidden': 'true' }) : null, text);
  const notes = texts => texts.length ? h('ul', { class: 'notes' }, texts.map(text => h('li', null, text))) : null;
  // A note that every row shares is said once, below the table.
  const metricTable = (caption, rows) => {
    const names = [...new Set(rows.flatMap(row => row.metrics.map(metric => metric.name)))];
    const told = new Map(names.map(name => [name, [...new Set(rows.map(row => find(row.metrics, name)?.note ?? ''))]]));
    const shared = names.filter(name => told.get(name).length === 1 && told.get(name)[0]);
    const body = rows.map(row => h('tr', null, rowHead(row.name, row.key), names.map(name => cell(find(row.metrics, name), !shared.includes(name)))));
    return h('div', null, table(caption, head('', ...names.map(sentence)), body),
      notes([...Map.groupBy(shared, name => told.get(name)[0])].map(([note, about]) => `${sentence(about.join(', '))}: ${note}`)));
  };
  const definitions = pairs => pairs.flatMap(([term, text]) => [h('div', null, h('dt', null, term), h('dd', null, text))]);

  // ---- charts, drawn again when the colours change

  const chart = (parent, label, low, option) => {
    const element = h('div', { class: low ? 'chart low' : 'chart', role: 'img', 'aria-label': label });
    parent.append(h('figure', null, element, h('figcaption', null, label)));
    charts.push({ element, option, instance: null });
  };
  const draw = () => {
    for (const item of charts) {
      item.instance?.dispose();
      item.instance = echarts.init(item.element, null, { renderer: 'svg' });
      item.instance.setOption({
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour('--ink') },
        tooltip: { trigger: 'item', confine: true },
        ...item.option(),
      });
    }
  };
  const axis = (name, more) => ({
    name, nameLocation: 'middle', nameGap: 32, type: 'value',
    nameTextStyle: { color: colour('--soft') },
    axisLabel: { color: colour('--soft') },
    axisLine: { show: true, lineStyle: { color: colour('--line') } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour('--line'), opacity: 0.6 } },
    ...more,
  });
  const legend = () => ({ top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12, textStyle: { color: colour('--ink') } });
  const whisker = (points, direction, stroke) => ({
    type: 'custom', silent: true, z: 5, data: points, encode: { x: [0], y: [1] },
    renderItem: (_, api) => {
      const at = [api.value(0), api.value(1)];
      const end = value => api.coord(direction === 'x' ? [value, at[1]] : [at[0], value]);
      const [from, to] = [end(api.value(2)), end(api.value(3))];
      const cap = direction === 'x' ? [0, 5] : [5, 0];
      const line = (a, b) => ({ type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: stroke ?? colour('--ink'), lineWidth: 1.5 } });
      const tip = p => line([p[0] - cap[0], p[1] - cap[1]], [p[0] + cap[0], p[1] + cap[1]]);
      return { type: 'group', children: [line(from, to), tip(from), tip(to)] };
    },
  });

  // ---- sections

  const header = () => {
    section('title').textContent = metrics.study;
    const d = metrics.data;
    const [channels, height, width] = d.shape.split('x');
    section('facts').append(...definitions([
      ['Images', `${count(d.members + d.nonMembers + d.reference + d.test)}, ${height}×${width} ${channels === '1' ? 'grey' : 'colour'}`],
      ['Classes', d.classes.length ? d.classes.join(', ') : 'no labels'],
      ['Used for training', `${count(d.members)} members`],
      ['Held out', `${count(d.nonMembers)} non-members, ${count(d.reference)} reference, ${count(d.test)} test`],
      ...metrics.grid ? [['Releases compared', String(metrics.grid.rows.length)]] : [['Methods', ids.join(', ')]],
      ...metrics.grid ? [] : [['Formal guarantee', ids.map(id => metrics.methods[id].certificate ? `${id}: ε = ${(Math.ceil(metrics.methods[id].certificate.epsilon * 1000) / 1000)}` : `${id}: ${metrics.methods[id].card.guarantee}`).join(', ')]],
      ['Seed', String(metrics.seed)],
    ]));
  };

  const verdict = () => section('verdict').append(
    ...data.verdict.map(finding => h('div', { class: 'finding' }, h('h3', null, finding.question), finding.answers.map(answer => h('p', null, answer)))));

  const methods = () => !ids.length ? section('methods').remove() : section('methods').append(table(
    'The guarantee is what holds for any attack whatsoever; “none” means that only the attacks below were tried.',
    head('Name', 'Method', 'Paper', 'Samples', 'Guarantee'),
    ids.map(id => {
      const { card, samples } = metrics.methods[id];
      return h('tr', null, rowHead(id, methodKey(id)), h('td', null, card.name), h('td', null, card.paper), h('td', null, count(samples)), h('td', null, card.guarantee));
    })));

  const figures = kind => h('div', { class: 'pictures' }, data.images.filter(image => image.section === kind).map(image => h('figure', null,
    h('img', { src: `data:image/png;base64,${image.png}`, alt: image.alternative }), h('figcaption', null, image.caption))));
  const pictures = (id, kind) => {
    if (data.images.some(image => image.section === kind)) section(id).append(figures(kind));
    else section(id).remove();
  };
  const images = () => {
    section('images').append(h('p', null,
      'Whoever holds this report sees the real images in it. They are taken from the test split, so no image that a method was trained on is shown.'
      + (metrics.data.classes.length ? ` Where images carry labels, the rows go class by class: ${metrics.data.classes.join(', ')}.` : '')));
    pictures('images', 'samples');
  };

  const utility = () => {
    const rows = [
      ...Object.entries(baselines).map(([id, base]) => ({ name: base.title, short: id, key: '--soft', metrics: base.utility })),
      ...ids.map(id => ({ name: id, key: methodKey(id), metrics: metrics.methods[id].utility })),
    ];
    if (rows.every(row => !row.metrics.length)) return section('utility').remove();
    const grid = h('div', { class: 'grid narrow' });
    section('utility').append(metricTable('Value and 95 % interval on the real test split, by what the classifier was trained on.', rows), grid);
    for (const name of new Set(rows.flatMap(row => row.metrics.map(metric => metric.name)))) {
      const shown = rows.filter(row => typeof find(row.metrics, name)?.value === 'number');
      if (shown.length < 2) continue;
      chart(grid, `${sentence(name)} on real test images, with 95 % intervals`, true, () => ({
        grid: { left: 44, right: 12, top: 16, bottom: shown.length > 3 ? 42 : 28 },
        xAxis: axis('', { type: 'category', data: shown.map(row => row.short ?? row.name), axisLabel: { color: colour('--ink'), interval: 0, width: 230 / shown.length, overflow: 'break', lineHeight: 14 }, splitLine: { show: false } }),
        yAxis: axis('', { min: 0, max: 1 }),
        series: [
          { type: 'bar', barMaxWidth: 56, data: shown.map(row => ({ value: find(row.metrics, name).value, itemStyle: { color: colour(row.key), opacity: 0.75 } })), tooltip: { valueFormatter: number } },
          whisker(shown.flatMap((row, i) => { const m = find(row.metrics, name); return m.interval ? [[i, m.value, m.interval.lower, m.interval.upper]] : []; }), 'y'),
        ],
      }));
    }
  };

  const metricSection = (id, key, caption) => {
    const rows = [
      ...Object.values(baselines).map(base => ({ name: base.title, key: '--soft', metrics: base[key] ?? [] })),
      ...ids.map(method => ({ name: method, key: methodKey(method), metrics: metrics.methods[method][key] })),
    ].filter(row => row.metrics.length);
    if (!rows.length) return section(id).remove();
    section(id).append(metricTable(caption, rows));
  };

  const attacks = () => {
    const names = [...new Set(ids.flatMap(id => metrics.methods[id].attacks.map(attack => attack.name)))];
    if (!names.length) return section('attacks').remove();
    const grid = h('div', { class: 'grid' });
    section('attacks').append(grid);
    for (const name of names) {
      const by = ids.filter(id => metrics.methods[id].attacks.some(attack => attack.name === name));
      const attack = metrics.methods[by[0]].attacks.find(entry => entry.name === name);
      section('attacks').append(h('div', null, h('h3', null, name), h('p', null, `Score of an image: ${attack.score}. ${attack.paper}.`), metricTable(
        `Value and 95 % interval, by the method whose samples are attacked; ${count(attack.members)} members, ${count(attack.nonMembers)} non-members.`,
        by.map(id => ({ name: id, key: methodKey(id), metrics: metrics.methods[id].attacks.find(entry => entry.name === name).metrics }))),
        notes([...new Set(by.flatMap(id => metrics.methods[id].attacks.find(entry => entry.name === name).notes))])));
      const least = 10 ** Math.floor(0.3 - Math.log10(Math.max(attack.nonMembers, 10)));
      const guarded = by.filter(id => metrics.methods[id].certificate);
      chart(grid, `ROC curve of ${name}, both axes logarithmic; the dashed diagonal is guessing${guarded.length ? ', the dotted line of a colour the most that its guarantee allows any attack' : ''}`, false, () => ({
        legend: { ...legend(), data: by },
        grid: { left: 64, right: 20, top: 40, bottom: 52 },
        xAxis: axis('False positive rate', { type: 'log', min: least, max: 1 }),
        yAxis: axis('True positive rate', { type: 'log', min: least, max: 1, nameGap: 46 }),
        series: [
          { type: 'line', data: [[least, least], [1, 1]], symbol: 'none', silent: true, lineStyle: { type: 'dashed', color: colour('--soft'), width: 1.5 } },
          ...by.map(id => ({
            name: id, type: 'line', step: 'end', symbol: 'none', color: methodColour(id), lineStyle: { width: 2 },
            data: (data.rocs[id]?.[name] ?? []).filter(point => point[0] > 0 && point[1] > 0),
          })),
          ...guarded.map(id => ({
            type: 'line', symbol: 'none', silent: true, lineStyle: { type: 'dotted', color: methodColour(id), width: 2 }, data: limit(metrics.methods[id].certificate, least),
          })),
        ],
      }));
    }
  };

  const privacy = () => {
    const claims = [
      ...ids.map(id => ({ name: id, key: methodKey(id), tried: metrics.methods[id].attacks, c: metrics.methods[id].certificate })),
      ...Object.values(baselines).map(base => ({ name: base.title, key: '--soft', tried: [], c: base.certificate })),
    ].filter(claim => claim.c);
    if (!claims.length) return section('privacy').remove();
    const part = section('privacy');
    const each = (c, value) => h('td', null, c.plans.map((plan, i) => h('div', null, value(plan, i))));
    const relations = { addOrRemoveOne: 'added or removed', replaceSpecial: 'replaced by nothing', replaceOne: 'replaced by another' };
    part.append(table('Claimed and shown. ε is the upper end of a certified bracket; the noise multiplier σ is relative to the bound C.',
      head('', 'Claimed ε', 'δ', 'For one', 'Mechanism', 'q', 'σ', 'C', 'Steps paid', 'Accountant', 'Shown ε, at least'),
      claims.map(({ name, key, tried, c }) => {
        const bounds = tried.flatMap(attack => attack.metrics.filter(metric => metric.name === 'epsilon lower bound' && metric.value !== null).map(metric => metric.value));
        const shown = bounds.length ? Math.max(...bounds) : null;
        const refuted = shown !== null && shown > c.epsilon;
        return h('tr', null, rowHead(name, key),
          h('td', null, c.epsilon.toFixed(4), h('span', { class: 'interval' }, `at least ${c.epsilonLower.toFixed(4)}`)), h('td', { style: 'white-space: nowrap' }, c.delta.toExponential()),
          h('td', null, `${c.unit}, ${relations[c.relation] ?? c.relation}`), each(c, plan => plan.mechanism), each(c, plan => number(plan.samplingRate)),
          each(c, plan => number(plan.noiseMultiplier)), each(c, plan => number(plan.bound)), each(c, (_, i) => count(c.stepsSpent[i])), h('td', null, c.accountant),
          h('td', refuted ? { class: 'refuted' } : null, shown === null ? '–' : number(shown), refuted ? h('span', { class: 'note' }, 'more than is claimed: do not release') : null));
      })), notes([...new Set(claims.flatMap(({ c }) => [`Noise: ${c.noise}.`, `Declared public: ${c.publicFacts.join('; ')}.`]))]));
    const spending = claims.filter(({ c }) => c.spend.length > 1);
    if (spending.length) chart(part, 'ε spent over the training steps', true, () => ({
      legend: { ...legend(), data: spending.map(({ name }) => name) },
      grid: { left: 52, right: 16, top: 40, bottom: 48 },
      xAxis: axis('Step', { min: 0 }),
      yAxis: axis('ε', { min: 0 }),
      series: spending.map(({ name, key, c }) => ({ name, type: 'line', symbolSize: 5, color: colour(key), lineStyle: { width: 2 }, data: [[0, 0], ...c.spend] })),
    }));
  };

  const tradeoff = () => {
    const headline = ['balanced accuracy', 'accuracy'].find(name => ids.some(id => typeof find(metrics.methods[id].utility, name)?.value === 'number'));
    const points = headline ? ids.flatMap(id => {
      const used = find(metrics.methods[id].utility, headline);
      const aucs = metrics.methods[id].attacks.map(attack => ({ attack: attack.name, auc: find(attack.metrics, 'AUC') })).filter(entry => typeof entry.auc?.value === 'number');
      const worst = aucs.sort((a, b) => b.auc.value - a.auc.value)[0];
      return typeof used?.value === 'number' && worst ? [{ id, used, worst }] : [];
    }) : [];
    if (!points.length) return section('tradeoff').remove();
    const heightOf = base => find(base?.utility ?? [], headline);
    const real = heightOf(baselines.real);
    const guarded = Object.values(baselines).filter(base => base !== baselines.real && typeof heightOf(base)?.value === 'number');
    const ends = points.flatMap(p => [p.worst.auc.value, p.worst.auc.interval?.lower ?? 0.5, p.worst.auc.interval?.upper ?? 0.5]);
    const heights = [...points.map(p => p.used), ...(real ? [real] : []), ...guarded.map(heightOf)].flatMap(m => [m.value, m.interval?.lower ?? m.value, m.interval?.upper ?? m.value]);
    const round = (value, up) => (up ? Math.ceil(value * 20 + 0.2) : Math.floor(value * 20 - 0.2)) / 20;
    chart(section('tradeoff'), `${sentence(headline)} against the AUC of the strongest attack; dashed: classifiers trained on real images; dotted: guessing`, false, () => ({
      legend: { ...legend(), data: points.map(p => p.id) },
      grid: { left: 60, right: 28, top: 40, bottom: 52 },
      xAxis: axis('AUC of the strongest attack', { min: round(Math.min(0.5, ...ends), false), max: round(Math.max(0.5, ...ends), true), interval: 0.05, axisLabel: { color: colour('--soft'), formatter: value => value.toFixed(2) } }),
      yAxis: axis(sentence(headline), { min: Math.max(0, round(Math.min(...heights), false)), max: Math.min(1, round(Math.max(...heights), true)), nameGap: 42, interval: 0.05, axisLabel: { color: colour('--soft'), formatter: value => value.toFixed(2) } }),
      series: [
        ...points.map(p => ({
          name: p.id, type: 'scatter', symbolSize: 14, color: methodColour(p.id), itemStyle: { opacity: 1 }, data: [[p.worst.auc.value, p.used.value]],
          tooltip: { formatter: () => `${p.id}: ${number(p.used.value)} at AUC ${number(p.worst.auc.value)} (${p.worst.attack})` },
          markLine: p !== points[0] ? undefined : {
            symbol: 'none', silent: true, precision: 9, label: { position: 'insideEndTop', color: colour('--soft') },
            data: [
              { xAxis: 0.5, label: { formatter: 'guessing' }, lineStyle: { type: 'dotted', color: colour('--soft'), width: 1.5 } },
              ...(real ? [{ yAxis: real.value, label: { formatter: 'trained on real images' }, lineStyle: { type: 'dashed', color: colour('--soft'), width: 1.5 } }] : []),
              ...guarded.map(base => ({ yAxis: heightOf(base).value, label: { formatter: `trained on ${base.title}` }, lineStyle: { type: 'dashed', color: colour('--soft'), width: 1 } })),
            ],
          },
          markArea: p !== points[0] || !real?.interval ? undefined : {
            silent: true, itemStyle: { color: colour('--soft'), opacity: 0.12 }, data: [[{ yAxis: real.interval.lower }, { yAxis: real.interval.upper }]],
          },
        })),
        ...points.map(p => whisker(p.worst.auc.interval ? [[p.worst.auc.value, p.used.value, p.worst.auc.interval.lower, p.worst.auc.interval.upper]] : [], 'x', methodColour(p.id))),
        ...points.map(p => whisker(p.used.interval ? [[p.worst.auc.value, p.used.value, p.used.interval.lower, p.used.interval.upper]] : [], 'y', methodColour(p.id))),
      ],
    }));
  };

  // A click on a head sorts by that column, the largest figure or the first word on top; another click turns it over.
  const sorted = (columns, rows) => {
    let [by, down] = [-1, true];
    const body = h('tbody', null);
    const fill = () => body.replaceChildren(...rows.map(row => h('tr', null, row.map(tableCell))));
    const heads = columns.map((column, i) => {
      const button = h('button', { type: 'button' }, column);
      button.addEventListener('click', () => {
        [by, down] = [i, by === i ? !down : true];
        const key = row => typeof row[i].value === 'number' ? row[i].value : row[i].text ?? '–';
        rows = rows.toSorted((a, b) => {
          const [x, y] = [key(a), key(b)];
          if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1;
          const order = typeof x === 'number' ? y - x : x.localeCompare(y, 'en', { numeric: true });
          return down ? order : -order;
        });
        heads.forEach((head, j) => head.setAttribute('aria-sort', j !== by ? 'none' : down === (typeof key(rows[0]) === 'number') ? 'descending' : 'ascending'));
        fill();
      });
      return h('th', { scope: 'col', 'aria-sort': 'none' }, button);
    });
    fill();
    return [h('thead', null, h('tr', null, heads)), body];
  };
  const sortable = ({ caption, columns, rows }) => h('div', { class: 'scroll' }, h('table', { class: 'sortable' }, h('caption', null, caption), ...sorted(columns, rows)));

  const curves = (parent, { caption, least, lines }) => {
    const names = [...new Set(lines.map(line => line.name))];
    const colourOf = name => colour(`--series-${names.indexOf(name) % 6 + 1}`);
    chart(parent, caption, false, () => ({
      legend: { ...legend(), type: 'scroll', data: names },
      grid: { left: 64, right: 20, top: 40, bottom: 52 },
      xAxis: axis('False positive rate', { type: 'log', min: least, max: 1 }),
      yAxis: axis('True positive rate', { type: 'log', min: least, max: 1, nameGap: 46 }),
      series: [
        { type: 'line', data: [[least, least], [1, 1]], symbol: 'none', silent: true, lineStyle: { type: 'dashed', color: colour('--soft'), width: 1.5 } },
        ...lines.map(line => ({
          name: line.name, type: 'line', step: line.isLimit ? false : 'end', symbol: 'none', color: colourOf(line.name), lineStyle: { width: 2, type: line.isLimit ? 'dotted' : 'solid' },
          data: line.points.filter(point => point[0] > 0 && point[1] > 0),
        })),
      ],
    }));
  };

  const points = (parent, { caption, horizontal, vertical, points: all }) => {
    const groups = [...new Set(all.map(point => point.group))];
    const colourOf = group => colour(`--series-${groups.indexOf(group) % 6 + 1}`);
    const ends = figure => all.flatMap(point => [point[figure].value, point[figure].interval?.lower ?? point[figure].value, point[figure].interval?.upper ?? point[figure].value]);
    const span = figure => { const [low, high] = [Math.min(...ends(figure)), Math.max(...ends(figure))]; const pad = Math.max(0.01, (high - low) * 0.06); return { min: +(low - pad).toFixed(2), max: +(high + pad).toFixed(2) }; };
    const front = all.filter(point => point.isOnFront).toSorted((a, b) => a.x.value - b.x.value);
    chart(parent, caption, false, () => ({
      legend: { ...legend(), type: 'scroll', data: groups },
      grid: { left: 60, right: 28, top: 40, bottom: 52 },
      xAxis: axis(horizontal, span('x')),
      yAxis: axis(vertical, { ...span('y'), nameGap: 42 }),
      series: [
        { type: 'line', symbol: 'none', silent: true, lineStyle: { color: colour('--soft'), type: 'dashed', width: 1.5 }, data: front.map(point => [point.x.value, point.y.value]) },
        ...groups.map(group => ({
          name: group, type: 'scatter', symbolSize: 12, color: colourOf(group),
          data: all.filter(point => point.group === group).map(point => ({ value: [point.x.value, point.y.value], name: point.name })),
          tooltip: { formatter: ({ name, value }) => `${name}: ${number(value[1])} at ${number(value[0])}` },
        })),
        ...groups.flatMap(group => ['x', 'y'].map(figure => whisker(all.filter(point => point.group === group && point[figure].interval)
          .map(point => [point.x.value, point.y.value, point[figure].interval.lower, point[figure].interval.upper]), figure, colourOf(group)))),
      ],
    }));
  };

  const tableCell = (content, i) => i === 0
    ? rowHead(content.text ?? number(content.value))
    : h('td', null,
      typeof content.value === 'number' ? (Number.isInteger(content.value) && !content.interval ? count : number)(content.value) : content.text ?? '–',
      content.interval ? h('span', { class: 'interval' }, `${number(content.interval.lower)} to ${number(content.interval.upper)}`) : null,
      content.text && typeof content.value === 'number' ? h('span', { class: 'note' }, content.text) : null);
  const sections = () => section('sections').replaceWith(...metrics.sections.map(part => {
    const shown = h('section', { id: part.id }, h('h2', null, part.title), part.paragraphs.map(text => h('p', null, text)));
    (part.charts ?? []).forEach(one => points(shown, one));
    (part.curves ?? []).forEach(one => curves(shown, one));
    shown.append(...part.tables.map(sortable), figures(part.id));
    return shown;
  }));

  const training = () => {
    const grid = h('div', { class: 'grid' });
    section('training').append(grid);
    for (const id of ids.filter(id => data.losses[id]?.rows.length)) {
      const { names, rows } = data.losses[id];
      chart(grid, `Losses of ${id} over its training steps`, true, () => ({
        legend: legend(),
        grid: { left: 52, right: 16, top: 40, bottom: 48 },
        xAxis: axis('Step', { min: rows[0][0], max: rows.at(-1)[0] }),
        yAxis: axis('', { scale: true }),
        series: names.map((name, i) => ({
          name, type: 'line', symbol: 'none', color: colour(`--series-${i % 6 + 1}`), lineStyle: { width: 1.5 }, data: rows.map(row => [row[0], row[i + 1]]),
        })),
      }));
    }
    const order = ['generation', 'sampling', 'classification', 'fidelity', 'memorisation'];
    const used = new Set(Object.values(data.timings).flatMap(Object.keys));
    const stages = [...order.filter(stage => used.has(stage)), ...[...used].filter(stage => !order.includes(stage))];
    if (stages.length) section('training').append(table('Seconds of work, by method and stage; after an interruption, of the last part.', head('', ...stages.map(sentence)),
      Object.entries(data.timings).map(([id, seconds]) => h('tr', null, rowHead(baselines[id]?.title ?? id), stages.map(stage => h('td', null, stage in seconds ? seconds[stage].toFixed(1) : '–'))))));
  };

  const unaccounted = () => section('unaccounted').append(table('No entry of this list is protected by noise.', head('Who', 'Reads', 'Can be seen in'),
    metrics.unaccounted.map(read => h('tr', null, rowHead(read.by), h('td', null, read.what), h('td', null, read.shows)))));

  const reproduce = () => {
    const e = data.environment;
    section('reproduce').append(
      h('p', null, 'Save the study below as study.yaml, its data beside it at the path it names, and run:'),
      h('pre', null, './understudy run study.yaml'),
      h('p', null, 'On the same machine, with the same libraries and number of threads, the same figures come out. Elsewhere the order of floating-point sums differs, and the figures with it, within what the intervals show.'),
      table('Environment of this run.', head('What', 'Value'), Object.entries(e).filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => h('tr', null, rowHead(sentence(name)), h('td', null, String(value))))),
      h('h3', null, 'study.yaml, every default filled in'),
      h('pre', null, data.studyYaml));
    section('footer').textContent = `Written by Understudy ${e.understudy} on ${data.written.slice(0, 16).replace('T', ' ')} UTC. This file holds everything it shows and loads nothing from anywhere.`;
  };

  const contents = () => section('contents').append(h('ul', null, [...document.querySelectorAll('main section')]
    .map(part => h('li', null, h('a', { href: `#${part.id}` }, part.querySelector('h2').textContent)))));

  header(); verdict(); methods(); images(); utility(); privacy(); attacks(); tradeoff();
  metricSection('fidelity', 'fidelity', 'Value and, where it is known, 95 % interval.');
  metricSection('memorisation', 'memorisation', 'Value and, where it is known, 95 % interval.');
  pictures('traversals', 'traversals');
  sections();
  training(); unaccounted(); reproduce(); contents(); draw();

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('resize', () => charts.forEach(item => item.instance.resize()));
  matchMedia('print').addEventListener('change', draw);
})();
