// Where the boxes and arrows of the picture lie: once for wide screens, once for narrow ones.
// Names only; what they look like is the picture's and the style sheet's business.

export const BOXES = [
  {name: 'ingestion', title: 'Ingestion', does: 'reads, checks, drops duplicates'},
  {name: 'enrichment', title: 'Enrichment', does: 'looks up in Redis', route: 'enrichment', side: 'primary'},
  {name: 'bypass', title: 'Bypass', does: 'default values, no look-up', route: 'enrichment', side: 'fallback'},
  {name: 'aggregation', title: 'Aggregation', does: 'counts', route: 'aggregation', side: 'primary'},
  {name: 'backup-aggregation', title: 'Backup', does: 'counts instead', route: 'aggregation', side: 'fallback'},
  {name: 'alert', title: 'Alert', does: 'watches rules'},
  {name: 'orchestrator', title: 'Orchestrator', does: 'switches the routes'},
];

/** Arrows that events take. Those with a route and a side follow the orchestrator. */
export const ARROWS = [
  {name: 'in', rate: 'in'},
  {name: 'read'},
  {name: 'to-enrichment', route: 'enrichment', side: 'primary', rate: 'enriched', tip: true},
  {name: 'to-bypass', route: 'enrichment', side: 'fallback', rate: 'bypassed', tip: true},
  {name: 'from-enrichment', route: 'enrichment', side: 'primary'},
  {name: 'from-bypass', route: 'enrichment', side: 'fallback'},
  {name: 'to-aggregation', route: 'aggregation', side: 'primary', rate: 'aggregated', tip: true},
  {name: 'to-backup', route: 'aggregation', side: 'fallback', rate: 'backup', tip: true},
  {name: 'from-aggregation', route: 'aggregation', side: 'primary', tip: true},
  {name: 'from-backup', route: 'aggregation', side: 'fallback', tip: true},
];

export const WIDE = {
  name: 'wide', width: 960, height: 216, box: [148, 48],
  boxes: {
    'ingestion': [76, 113], 'enrichment': [332, 62], 'bypass': [332, 164], 'aggregation': [588, 62],
    'backup-aggregation': [588, 164], 'alert': [812, 113], 'orchestrator': [460, 2],
  },
  dots: {enrichment: [266, 137], aggregation: [534, 137]},
  arrows: {
    'in': {d: 'M4 137H70', at: [36, 128]},
    'read': {d: 'M224 137H261'},
    'to-enrichment': {d: 'M271 137C296 137 288 86 326 86', at: [299, 76]},
    'to-bypass': {d: 'M271 137C296 137 288 188 326 188', at: [294, 206]},
    'from-enrichment': {d: 'M480 86C512 86 508 137 529 137'},
    'from-bypass': {d: 'M480 188C512 188 508 137 529 137'},
    'to-aggregation': {d: 'M539 137C557 137 550 86 582 86', at: [561, 76]},
    'to-backup': {d: 'M539 137C557 137 550 188 582 188', at: [556, 206]},
    'from-aggregation': {d: 'M736 86C772 86 768 129 806 129'},
    'from-backup': {d: 'M736 188C772 188 768 146 806 146'},
  },
  commands: {enrichment: 'M460 26H266V131', aggregation: 'M534 50V131'},
  source: {at: [4, 156], anchor: 'start'},
};

export const TALL = {
  name: 'tall', width: 348, height: 462, box: [148, 48],
  boxes: {
    'ingestion': [88, 26], 'enrichment': [0, 134], 'bypass': [176, 134], 'aggregation': [0, 268],
    'backup-aggregation': [176, 268], 'alert': [0, 402], 'orchestrator': [176, 402],
  },
  dots: {enrichment: [162, 104], aggregation: [162, 232]},
  arrows: {
    'in': {d: 'M162 2V20', at: [204, 15]},
    'read': {d: 'M162 82V100'},
    'to-enrichment': {d: 'M158 104C110 104 74 104 74 128', at: [70, 104]},
    'to-bypass': {d: 'M166 104C214 104 250 104 250 128', at: [262, 104]},
    'from-enrichment': {d: 'M74 190C74 226 110 232 158 232'},
    'from-bypass': {d: 'M250 190C250 226 214 232 166 232'},
    'to-aggregation': {d: 'M162 236C162 250 74 244 74 262', at: [62, 246]},
    'to-backup': {d: 'M162 236C162 250 250 244 250 262', at: [262, 246]},
    'from-aggregation': {d: 'M74 324V396'},
    'from-backup': {d: 'M250 324C250 372 110 346 110 396'},
  },
  commands: {enrichment: 'M324 430H340V104H168', aggregation: 'M324 430H340V232H168'},
  source: {at: [116, 15], anchor: 'end'},
};
