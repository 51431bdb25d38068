/** The style sheet: light, dark and on paper; colours that differ in brightness too (after Okabe and Ito). */
export const style = `
:root{color-scheme:light dark;--ground:#f6f6f4;--panel:#fff;--ink:#17191c;--soft:#596069;--line:#e3e3df;--rail:#ececea;
--triggered:#c94f00;--quiet:#b4bfcb;--p50:#0069a8;--p95:#a8487f;--band:#0069a81a;--good:#00765a;--bad:#b83e00;--doubt:#8a6100}
@media (prefers-color-scheme:dark){:root{--ground:#111316;--panel:#1a1d21;--ink:#edeef0;--soft:#a3abb5;--line:#30343a;--rail:#2a2e34;
--triggered:#ff9447;--quiet:#56616e;--p50:#63bdf0;--p95:#eaa3cb;--band:#63bdf01f;--good:#4fd3a8;--bad:#ff9a5c;--doubt:#f0c659}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main,footer{max-width:68rem;margin:0 auto;padding:0 1.5rem}
header{padding:3.5rem 0 1.75rem}
.eyebrow{margin:0 0 .75rem;color:var(--soft);font-weight:600;font-size:.9375rem;overflow-wrap:anywhere}
h1{display:flex;gap:.875rem;align-items:flex-start;margin:0;font-size:clamp(1.75rem,4.6vw,2.75rem);line-height:1.15;letter-spacing:-.022em;font-weight:700;text-wrap:balance}
.sign{flex:none;width:.92em;height:.92em;margin-top:.13em}
.sign circle,.sign .body{fill:var(--mark)}
.sign path{fill:none;stroke:var(--ground);stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}
.sign .body{stroke:var(--mark);stroke-width:1.5}
.complete{--mark:var(--good)}.incomplete{--mark:var(--bad)}.unknown{--mark:var(--doubt)}
.complete-word{color:var(--good);font-weight:600}.incomplete-word{color:var(--bad);font-weight:600}.unknown-word{color:var(--doubt);font-weight:600}
.reasons{margin:1rem 0 0;padding:0;list-style:none;font-size:1.0625rem;max-width:54rem;text-wrap:pretty}
.reasons li{padding-left:1rem;border-left:3px solid var(--mark);margin-top:.5rem;overflow-wrap:anywhere}
.single li::first-letter{text-transform:uppercase}
.origin{margin:1.25rem 0 0;color:var(--soft);overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:1px;margin:0 0 1.25rem;background:var(--line);border:1px solid var(--line);border-radius:12px;overflow:hidden}
.tile-number{background:var(--panel);padding:1.1rem 1.25rem}
dt{color:var(--soft);font-size:.875rem}
dd{margin:.15rem 0 0;font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.015em}
dd small{display:block;margin-top:.3rem;font-size:.8125rem;font-weight:400;letter-spacing:0;color:var(--soft)}
section{background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:1.75rem 2rem 1.5rem;margin:0 0 1.25rem}
h2{margin:0;font-size:1.3125rem;line-height:1.3;letter-spacing:-.012em;font-weight:650}
h3{margin:0;font-size:.9375rem;font-weight:600;overflow-wrap:anywhere}
section>h3{margin-bottom:.5rem}figure+h3{margin-top:1.75rem}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.lead{margin:.25rem 0 1.1rem;color:var(--soft);max-width:56rem;text-wrap:pretty}
.lead:empty{display:none}
.key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .4em 0 0;vertical-align:-.04em}
.key+*{margin-right:.75em}.quiet-key{margin-left:.75em}
.triggered-key{background:var(--triggered)}.quiet-key{background:var(--quiet)}
figure{margin:0}
svg{display:block;width:100%;height:auto;overflow:visible}
svg.narrow{display:none}
.grid{stroke:var(--line)}.axis{stroke:var(--soft);stroke-opacity:.55}
.tick{fill:var(--soft);font-size:12px}
.triggered{fill:var(--triggered)}.quiet{fill:var(--quiet)}.score{fill:var(--p50)}.rail{fill:var(--rail)}
.rate{fill:var(--triggered);fill-opacity:.18}.edge{fill:none;stroke:var(--triggered);stroke-width:2;stroke-linejoin:round}.dot{fill:var(--triggered)}
.band{fill:var(--band)}.p50,.p95{fill:none;stroke-width:2;stroke-linejoin:round}
.p50{stroke:var(--p50)}.p95{stroke:var(--p95);stroke-dasharray:6 3}
.p50-dot{fill:var(--p50)}.p95-dot{fill:var(--p95)}
.p50-name,.p95-name{font-size:12.5px;font-weight:650}.p50-name{fill:var(--p50)}.p95-name{fill:var(--p95)}
.alert-tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:1.5rem 2rem;margin-bottom:1.25rem}
.alert-tile p{margin:0 0 .35rem;color:var(--soft);font-size:.875rem}
.alert-tile b{color:var(--ink);font-size:1.25rem;font-weight:650;letter-spacing:-.01em}
.share{width:8rem;height:.5rem;border-radius:2px}
details{margin-top:.9rem}
summary{cursor:pointer;color:var(--soft);font-size:.875rem;width:max-content;max-width:100%}
summary:hover{color:var(--ink)}
:focus-visible{outline:2px solid var(--p50);outline-offset:3px;border-radius:4px}
.scroll{overflow-x:auto;margin-top:1rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;color:var(--soft);padding:0 0 .5rem}
th,td{text-align:left;padding:.42rem .95rem .42rem 0;border-bottom:1px solid var(--line);font-weight:400;vertical-align:top}
thead th{color:var(--soft);font-weight:600;white-space:nowrap;vertical-align:bottom;border-bottom-color:var(--soft)}
tbody th{overflow-wrap:anywhere;min-width:8rem}
tbody tr:last-child>*{border-bottom:0}
.n{text-align:right;white-space:nowrap}
td svg.share{margin-top:.42rem}
.none{color:var(--soft);font-style:italic}
td small{color:var(--soft)}
footer{color:var(--soft);font-size:.8125rem;padding-bottom:3rem}
@media (max-width:44rem){main,footer{padding:0 1rem}header{padding:2rem 0 1.25rem}section{padding:1.25rem 1.1rem 1.1rem}
.tiles{grid-template-columns:repeat(2,1fr)}.tile-number:first-child{grid-column:1/-1}.tile-number{padding:.9rem 1.1rem}dd{font-size:1.5rem}
svg.wide{display:none}svg.narrow{display:block}.share{width:5rem}}
@media print{@page{margin:14mm}
:root{color-scheme:light;--ground:#fff;--panel:#fff;--ink:#000;--soft:#444;--line:#ccc;--rail:#e8e8e8;--triggered:#c94f00;--quiet:#b4bfcb;--p50:#0069a8;--p95:#a8487f;--band:#0069a81a;--good:#00765a;--bad:#b83e00;--doubt:#8a6100}
body{font-size:10.5pt}main,footer{max-width:none;padding:0}header{padding:0 0 1rem}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
section{border:0;padding:0;margin:0 0 1.75rem}.tiles{grid-template-columns:repeat(5,1fr)}.tile-number:first-child{grid-column:auto}
svg.wide{display:block}svg.narrow{display:none}details{display:none}
figure,.alert-tile,tr,header,.tiles,.scroll{break-inside:avoid}h2,h3,.lead,caption{break-after:avoid}.scroll{overflow:visible}}
`
