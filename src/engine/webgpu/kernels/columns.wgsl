// Included by kernels that go over rows per column (columnGrid): which column and rows are a thread's, and the sum over
// the lanes that have one column. With the flag serial there is one lane, and no shared memory.
//#if serial
const threads = 8u;

fn laneSum(thread: u32, part: Part, value: vec2f) -> vec2f {
  return value;
}
//#else
const threads = 256u;

var<workgroup> lane_values: array<vec2f, 256>;

/// What the lanes of this thread's column have given: eight of them add up an eighth each, then all have the sum. All
/// threads of a workgroup ask together, once a run.
fn laneSum(thread: u32, part: Part, value: vec2f) -> vec2f {
  let first = thread % s.tile;
  lane_values[thread] = value;
  workgroupBarrier();
  var own = vec2f(0);
  if (part.lane < 8u) {
    for (var i = part.lane; i < part.lanes; i += 8u) {
      own += lane_values[i * s.tile + first];
    }
  }
  workgroupBarrier();
  lane_values[thread] = own;
  workgroupBarrier();
  var total = vec2f(0);
  for (var i = 0u; i < min(8u, part.lanes); i++) {
    total += lane_values[i * s.tile + first];
  }
  return total;
}
//#end

struct Part {
  column: u32,
  rowGroup: u32,
  lane: u32,
  lanes: u32,
  busy: bool,
}

fn partOf(thread: u32, group: vec3u) -> Part {
//#if serial
  let index = group.x * threads + thread;
  let rowGroup = index / s.columns;
  return Part(index % s.columns, rowGroup, 0u, 1u, rowGroup * s.rowsPerGroup < s.rows);
//#else
  let lanes = threads / s.tile;
  let lane = thread / s.tile;
  let column = group.y * s.tile + thread % s.tile;
  return Part(column, group.x, lane, lanes, lane < lanes && column < s.columns);
//#end
}
