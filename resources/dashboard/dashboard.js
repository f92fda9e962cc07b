// Draws what /dashboard/events tells once a second: levels as they are, counters as what came since
// the last time, per second.
'use strict';

const kPoints = 180;
const kSvg = 'http://www.w3.org/2000/svg';

const count = (value) => Math.round(value).toLocaleString('en');
const bytes = (value) => {
    const units = ['B', 'KB', 'MB', 'GB'];
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        ++unit;
    }
    return `${value.toFixed(value < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
};
const perSecond = (format) => (value) => `${format(value)}/s`;
const percent = (value) => `${Math.round(value * 100)} %`;
const milliseconds = (value) => `${(value * 1000).toFixed(1)} ms`;

const level = (read) => (now) => read(now);
const rate = (read) => (now, before, seconds) => (read(now) - read(before)) / seconds;
const mean = (read) => (now, before) => {
    const took = read(now).count - read(before).count;
    return took > 0 ? (read(now).seconds - read(before).seconds) / took : 0;
};

const kPanels = [
    ['Guests', count, level((f) => f.guests)],
    ['Rooms in memory', count, level((f) => f.rooms)],
    ['Event streams', count, level((f) => f.eventReaders)],
    ['Messages in', perSecond(count), rate((f) => f.messagesReceived)],
    ['Messages out', perSecond(count), rate((f) => f.messagesSent)],
    ['Bytes in', perSecond(bytes), rate((f) => f.bytesReceived)],
    ['Bytes out', perSecond(bytes), rate((f) => f.bytesSent)],
    ['Time to the disk', milliseconds, mean((f) => f.commits)],
    ['Waiting for the disk', bytes, level((f) => f.bytesWaitingForDisk)],
    ['Event loop lag', milliseconds, mean((f) => f.lag)],
    ['Processor', percent, rate((f) => f.cpuSeconds)],
    ['Memory', bytes, level((f) => f.residentBytes)],
];

function makePanel([title, format, measure]) {
    const section = document.createElement('section');
    section.className = 'panel';
    const heading = document.createElement('h2');
    heading.textContent = title;
    const figure = document.createElement('p');
    figure.textContent = '–';
    const svg = document.createElementNS(kSvg, 'svg');
    svg.setAttribute('viewBox', `0 0 ${kPoints - 1} 100`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS(kSvg, 'polyline');
    svg.append(line);
    section.append(heading, figure, svg);
    document.getElementById('panels').append(section);
    return { format, measure, figure, line, values: [] };
}

function draw(panel, value) {
    panel.values.push(value);
    panel.values.splice(0, panel.values.length - kPoints);
    panel.figure.textContent = panel.format(value);
    const most = Math.max(...panel.values) || 1;
    const first = kPoints - panel.values.length;
    panel.line.setAttribute('points',
        panel.values.map((one, i) => `${first + i},${98 - (one / most) * 94}`).join(' '));
}

const panels = kPanels.map(makePanel);
const state = document.getElementById('state');
let before = null;
let beforeAt = 0;

const events = new EventSource('/dashboard/events');
events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    const nowAt = performance.now();
    state.textContent = 'Live';
    // A server that was started anew counts from zero.
    if (before !== null && now.messagesReceived >= before.messagesReceived && nowAt > beforeAt) {
        for (const panel of panels) {
            draw(panel, panel.measure(now, before, (nowAt - beforeAt) / 1000));
        }
    }
    before = now;
    beforeAt = nowAt;
};
events.onerror = () => {
    state.textContent = 'The server does not answer. Trying again…';
};
