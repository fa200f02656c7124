#include "tools/page/style.hpp"

namespace kaomon::page {

// Contrast of every pair is at least 4.5:1 (WCAG 2.1, 1.4.3).
const std::string_view page_style = R"css(
:root { --ink: #1b1f24; --soft: #57606a; --line: #c8ced4; --paper: #fff; --accent: #0b5394;
  --good: #14652f; --attention: #7a4b00; --bad: #a1121f; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: var(--ink); background: var(--paper);
  font: 16px/1.65 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo, IPAGothic, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.55rem; line-height: 1.3; margin: .4rem 0 .8rem; }
h2 { font-size: 1.2rem; margin: 1.8rem 0 .5rem; border-bottom: 2px solid var(--accent); break-after: avoid; }
h3 { font-size: 1.02rem; margin: 1.2rem 0 .3rem; break-after: avoid; }
p { margin: .4rem 0; } ul, ol { margin: .4rem 0; padding-left: 1.4rem; }
a { color: var(--accent); } .lead { font-size: 1.05rem; } .soft, footer { color: var(--soft); }
code { font: .9em/1.4 "DejaVu Sans Mono", monospace; background: #f2f4f6; padding: .05em .3em; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1rem; font-size: .94rem; }
caption { text-align: left; font-weight: bold; padding: .2rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #eef2f5; } tbody th { font-weight: bold; } tr { break-inside: avoid; }
.mark { font-weight: bold; } td .mark { white-space: nowrap; } .mark.good { color: var(--good); } .mark.attention { color: var(--attention); }
.mark.bad { color: var(--bad); } .mark.unknown { color: var(--soft); }
.findings table { table-layout: fixed; } .findings th:nth-child(1) { width: 26%; } .findings th:nth-child(2) { width: 15%; }
.findings th:nth-child(3) { width: 28%; } .findings .mark { white-space: normal; }
.simulated { background: #7a0c16; color: #fff; font-weight: bold; padding: .4rem .7rem; margin: 0 0 .6rem; }
figure { margin: .8rem 0; break-inside: avoid; } figcaption { font-weight: bold; }
svg { display: block; width: 100%; height: auto; max-width: 46rem; }
svg text { font-family: inherit; fill: var(--ink); }
.sources { font-size: .9rem; } .home { font-size: .95rem; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); font-size: .85rem; }
@media screen and (max-width: 40rem) {
  td .mark { white-space: normal; } .findings tbody th:nth-child(1) { width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, tbody th, td, caption { display: block; }
  tr { border: 1px solid var(--line); margin-bottom: .6rem; } tbody th { border: 0; background: #eef2f5; }
  td { border: 0; border-top: 1px solid #e5e9ec; display: flex; gap: .6rem; }
  td::before { content: attr(data-label); flex: 0 0 34%; color: var(--soft); } td > span { flex: 1; min-width: 0; }
}
@page { size: A4; margin: 14mm 13mm; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; } .sheet { break-before: page; }
  a { color: inherit; text-decoration: none; } h1 { margin-top: 0; } .home { display: none; }
  caption { break-after: avoid; } thead { break-after: avoid; } tbody tr:first-child { break-before: avoid; }
  .simulated { background: #fff; color: #000; border: 2px solid #000; }
  thead { display: table-header-group; } footer { display: none; } ul.sources { margin-bottom: 0; }
}
)css";

} // namespace kaomon::page
