// Included by kernels that go over rows per column (columnGrid): which column and rows are a thread's, and the sum over
// the lanes that have one column. With the flag serial there is one lane, and no shared memory.
//#if serial
const threads = 8u;

var<private> lane_value: vec2f;

fn share(thread: u32, value: vec2f) {
  lane_value = value;
}

fn laneSum(thread: u32, lanes: u32) -> vec2f {
  return lane_value;
}
//#else
const threads = 256u;

var<workgroup> lane_values: array<vec2f, 256>;

/// Gives the other lanes this thread's value; once a run.
fn share(thread: u32, value: vec2f) {
  lane_values[thread] = value;
  workgroupBarrier();
}

/// What the lanes of this thread's column have shared, added up in their order.
fn laneSum(thread: u32, lanes: u32) -> vec2f {
  var total = vec2f(0);
  for (var i = 0u; i < lanes; i++) {
    total += lane_values[i * s.tile + thread % s.tile];
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
