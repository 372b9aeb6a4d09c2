"use strict";
/* Which parts of the page there are: those for which the run has what they need. */

function showParts(run, hasTerritories) {
  for (const id of ["decoded", "path-part", "views"]) byId(id).hidden = !run.decode;
  byId("no-decoder").hidden = Boolean(run.decode);
  byId("given").hidden = !(run.isConditional && run.decode);
  byId("territory-legend").hidden = !hasTerritories;
  byId("missed-legend").hidden = !(run.isDrawn && run.wrong?.some((count) => count > 0));
  byId("generated-legend").hidden = run.generated.length === 0;
}
