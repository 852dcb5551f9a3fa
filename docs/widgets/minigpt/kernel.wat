;; The two expensive operations of gpt.js, four numbers at a time: product and attend, same arguments but for addresses;
;; and those of matrix.js, gather and exps.
;; kernel.wasm is this file assembled (python -m tests.widgets.assemble; a test compares them). Addresses and sizes are
;; i32, numbers f32. Rows come in fours, columns in eights, the width of a head in fours; kernel.js sees to that.

(module
  (memory (import "page" "memory") 1)

  ;; y[rows] = W[rows, columns] x[columns]. Four rows share each x that is read; two sums a row keep the processor busy.
  (func (export "product") (param $w0 i32) (param $x i32) (param $y i32) (param $rows i32) (param $columns i32)
    (local $stride i32) (local $w1 i32) (local $w2 i32) (local $w3 i32) (local $at i32) (local $left i32)
    (local $u v128) (local $v v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (local.set $stride (i32.shl (local.get $columns) (i32.const 2)))
    (loop $four_rows
      (local.set $w1 (i32.add (local.get $w0) (local.get $stride)))
      (local.set $w2 (i32.add (local.get $w1) (local.get $stride)))
      (local.set $w3 (i32.add (local.get $w2) (local.get $stride)))
      (local.set $a (v128.const f32x4 0 0 0 0)) (local.set $e (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0)) (local.set $f (v128.const f32x4 0 0 0 0))
      (local.set $c (v128.const f32x4 0 0 0 0)) (local.set $g (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0)) (local.set $h (v128.const f32x4 0 0 0 0))
      (local.set $at (local.get $x))
      (local.set $left (local.get $columns))
      (loop $eight_columns
        (local.set $u (v128.load (local.get $at)))
        (local.set $v (v128.load offset=16 (local.get $at)))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $u) (v128.load (local.get $w0)))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $u) (v128.load (local.get $w1)))))
        (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $u) (v128.load (local.get $w2)))))
        (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $u) (v128.load (local.get $w3)))))
        (local.set $e (f32x4.add (local.get $e) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $w0)))))
        (local.set $f (f32x4.add (local.get $f) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $w1)))))
        (local.set $g (f32x4.add (local.get $g) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $w2)))))
        (local.set $h (f32x4.add (local.get $h) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $w3)))))
        (local.set $w0 (i32.add (local.get $w0) (i32.const 32)))
        (local.set $w1 (i32.add (local.get $w1) (i32.const 32)))
        (local.set $w2 (i32.add (local.get $w2) (i32.const 32)))
        (local.set $w3 (i32.add (local.get $w3) (i32.const 32)))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br_if $eight_columns (local.tee $left (i32.sub (local.get $left) (i32.const 8)))))
      (v128.store (local.get $y) (call $sums
        (f32x4.add (local.get $a) (local.get $e)) (f32x4.add (local.get $b) (local.get $f))
        (f32x4.add (local.get $c) (local.get $g)) (f32x4.add (local.get $d) (local.get $h))))
      (local.set $y (i32.add (local.get $y) (i32.const 16)))
      (local.set $w0 (local.get $w3))
      (br_if $four_rows (local.tee $rows (i32.sub (local.get $rows) (i32.const 4))))))

  ;; The sums of four vectors, as one vector.
  (func $sums (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result v128)
    (local.set $a (f32x4.add ;; a0+a2 b0+b2 a1+a3 b1+b3
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b))
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b))))
    (local.set $c (f32x4.add
      (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d))
      (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d))))
    (f32x4.add
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))

  ;; Training multiplies matrices: each row of out is the sum of the rows of b, each times its share in the row of a. In a
  ;; row of a, numbers lie `step` apart, its rows `row`; rows of b lie `across` apart, those of out `down`; all sizes count
  ;; numbers. Four rows by eight columns at a time are in the processor at once; where rows do not come in fours or columns
  ;; in eights, the last ones are computed twice. There are at least four rows and eight columns.
  (func (export "gather") (param $a i32) (param $row i32) (param $step i32) (param $b i32) (param $across i32)
                          (param $times i32) (param $out i32) (param $down i32) (param $rows i32) (param $columns i32)
    (local $r i32) (local $c i32) (local $left i32)
    (local $a0 i32) (local $a1 i32) (local $a2 i32) (local $a3 i32) (local $at i32)
    (local $u v128) (local $v v128) (local $s v128)
    (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128)
    (local $d0 v128) (local $d1 v128) (local $d2 v128) (local $d3 v128)
    (local.set $row (i32.shl (local.get $row) (i32.const 2))) ;; in bytes, as are the other three from here
    (local.set $step (i32.shl (local.get $step) (i32.const 2)))
    (local.set $across (i32.shl (local.get $across) (i32.const 2)))
    (local.set $down (i32.shl (local.get $down) (i32.const 2)))
    (loop $eight_columns
      (local.set $r (i32.const 0))
      (loop $four_rows
        (local.set $a0 (i32.add (local.get $a) (i32.mul (local.get $r) (local.get $row))))
        (local.set $a1 (i32.add (local.get $a0) (local.get $row)))
        (local.set $a2 (i32.add (local.get $a1) (local.get $row)))
        (local.set $a3 (i32.add (local.get $a2) (local.get $row)))
        (local.set $at (i32.add (local.get $b) (i32.shl (local.get $c) (i32.const 2))))
        (local.set $c0 (v128.const f32x4 0 0 0 0)) (local.set $d0 (v128.const f32x4 0 0 0 0))
        (local.set $c1 (v128.const f32x4 0 0 0 0)) (local.set $d1 (v128.const f32x4 0 0 0 0))
        (local.set $c2 (v128.const f32x4 0 0 0 0)) (local.set $d2 (v128.const f32x4 0 0 0 0))
        (local.set $c3 (v128.const f32x4 0 0 0 0)) (local.set $d3 (v128.const f32x4 0 0 0 0))
        (local.set $left (local.get $times))
        (loop $time
          (local.set $u (v128.load (local.get $at)))
          (local.set $v (v128.load offset=16 (local.get $at)))
          (local.set $s (v128.load32_splat (local.get $a0)))
          (local.set $c0 (f32x4.add (local.get $c0) (f32x4.mul (local.get $s) (local.get $u))))
          (local.set $d0 (f32x4.add (local.get $d0) (f32x4.mul (local.get $s) (local.get $v))))
          (local.set $s (v128.load32_splat (local.get $a1)))
          (local.set $c1 (f32x4.add (local.get $c1) (f32x4.mul (local.get $s) (local.get $u))))
          (local.set $d1 (f32x4.add (local.get $d1) (f32x4.mul (local.get $s) (local.get $v))))
          (local.set $s (v128.load32_splat (local.get $a2)))
          (local.set $c2 (f32x4.add (local.get $c2) (f32x4.mul (local.get $s) (local.get $u))))
          (local.set $d2 (f32x4.add (local.get $d2) (f32x4.mul (local.get $s) (local.get $v))))
          (local.set $s (v128.load32_splat (local.get $a3)))
          (local.set $c3 (f32x4.add (local.get $c3) (f32x4.mul (local.get $s) (local.get $u))))
          (local.set $d3 (f32x4.add (local.get $d3) (f32x4.mul (local.get $s) (local.get $v))))
          (local.set $a0 (i32.add (local.get $a0) (local.get $step)))
          (local.set $a1 (i32.add (local.get $a1) (local.get $step)))
          (local.set $a2 (i32.add (local.get $a2) (local.get $step)))
          (local.set $a3 (i32.add (local.get $a3) (local.get $step)))
          (local.set $at (i32.add (local.get $at) (local.get $across)))
          (br_if $time (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (local.set $at (i32.add (i32.add (local.get $out) (i32.mul (local.get $r) (local.get $down)))
                                (i32.shl (local.get $c) (i32.const 2))))
        (v128.store (local.get $at) (local.get $c0)) (v128.store offset=16 (local.get $at) (local.get $d0))
        (local.set $at (i32.add (local.get $at) (local.get $down)))
        (v128.store (local.get $at) (local.get $c1)) (v128.store offset=16 (local.get $at) (local.get $d1))
        (local.set $at (i32.add (local.get $at) (local.get $down)))
        (v128.store (local.get $at) (local.get $c2)) (v128.store offset=16 (local.get $at) (local.get $d2))
        (local.set $at (i32.add (local.get $at) (local.get $down)))
        (v128.store (local.get $at) (local.get $c3)) (v128.store offset=16 (local.get $at) (local.get $d3))
        (br_if $four_rows (local.tee $r (call $next (local.get $r) (i32.const 4) (local.get $rows)))))
      (br_if $eight_columns (local.tee $c (call $next (local.get $c) (i32.const 8) (local.get $columns))))))

  ;; Where the next `many` begin that end at `end` at the latest, or zero behind the last.
  (func $next (param $at i32) (param $many i32) (param $end i32) (result i32)
    (local.set $at (i32.add (local.get $at) (local.get $many)))
    (local.set $end (i32.sub (local.get $end) (local.get $at))) ;; how many are left
    (if (i32.le_s (local.get $end) (i32.const 0)) (then (return (i32.const 0))))
    (select (local.get $at) (i32.add (local.get $at) (i32.sub (local.get $end) (local.get $many)))
            (i32.ge_s (local.get $end) (local.get $many))))

  ;; One head at one time: p[times] is the softmax of q[size] times each key, o[size] the mixture of the values.
  ;; Keys and values begin at this head's columns and are `stride` bytes apart; p has room for three numbers more.
  (func (export "attend") (param $q i32) (param $keys i32) (param $values i32) (param $stride i32) (param $size i32)
                          (param $p i32) (param $times i32) (param $o i32)
    (local $top f32) (local $sum f32)
    (local.set $size (i32.shl (local.get $size) (i32.const 2))) ;; in bytes, as are times from here
    (local.set $times (i32.shl (local.get $times) (i32.const 2)))
    (local.set $top
      (call $look (local.get $q) (local.get $keys) (local.get $stride) (local.get $size) (local.get $p) (local.get $times)))
    (local.set $sum (call $exps (local.get $p) (local.get $times) (local.get $top)))
    (call $mix (local.get $values) (local.get $stride) (local.get $size) (local.get $p) (local.get $times) (local.get $o)
               (f32.div (f32.const 1) (local.get $sum))))

  ;; p = q times each key; returns the largest. The three numbers behind the last become as good as minus infinity.
  (func $look (param $q i32) (param $keys i32) (param $stride i32) (param $size i32) (param $p i32) (param $times i32)
              (result f32)
    (local $i i32) (local $end i32) (local $sum v128) (local $score f32) (local $top f32)
    (local.set $top (f32.const -inf))
    (local.set $end (i32.add (local.get $p) (local.get $times)))
    (loop $time
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (local.set $i (i32.const 0))
      (loop $columns
        (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul
          (v128.load (i32.add (local.get $q) (local.get $i))) (v128.load (i32.add (local.get $keys) (local.get $i))))))
        (br_if $columns (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $size))))
      (local.set $sum (f32x4.add (local.get $sum)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $sum) (local.get $sum))))
      (local.set $score (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum))))
      (f32.store (local.get $p) (local.get $score))
      (local.set $top (f32.max (local.get $top) (local.get $score)))
      (local.set $keys (i32.add (local.get $keys) (local.get $stride)))
      (br_if $time (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 4))) (local.get $end))))
    (f32.store (local.get $p) (f32.const -1e30))
    (f32.store offset=4 (local.get $p) (f32.const -1e30))
    (f32.store offset=8 (local.get $p) (f32.const -1e30))
    (local.get $top))

  ;; p = exp(p - top) in place; returns the sum. exp(x) = 2^n exp(r) with a whole n and |r| < 0.35, where six terms are
  ;; enough for all digits (constants of Cephes, expf).
  (func $exps (export "exps") (param $p i32) (param $times i32) (param $top f32) (result f32)
    (local $end i32) (local $x v128) (local $n v128) (local $y v128) (local $sum v128)
    (local.set $end (i32.add (local.get $p) (local.get $times)))
    (loop $four
      (local.set $x (f32x4.max (v128.const f32x4 -87 -87 -87 -87)
        (f32x4.sub (v128.load (local.get $p)) (f32x4.splat (local.get $top)))))
      (local.set $n (f32x4.nearest (f32x4.mul (local.get $x) (f32x4.splat (f32.const 1.44269504)))))
      (local.set $x (f32x4.sub (local.get $x) (f32x4.mul (local.get $n) (f32x4.splat (f32.const 0.693359375)))))
      (local.set $x (f32x4.add (local.get $x) (f32x4.mul (local.get $n) (f32x4.splat (f32.const 2.12194440e-4)))))
      (local.set $y (f32x4.splat (f32.const 1.9875691500e-4)))
      (local.set $y (f32x4.add (f32x4.mul (local.get $y) (local.get $x)) (f32x4.splat (f32.const 1.3981999507e-3))))
      (local.set $y (f32x4.add (f32x4.mul (local.get $y) (local.get $x)) (f32x4.splat (f32.const 8.3334519073e-3))))
      (local.set $y (f32x4.add (f32x4.mul (local.get $y) (local.get $x)) (f32x4.splat (f32.const 4.1665795894e-2))))
      (local.set $y (f32x4.add (f32x4.mul (local.get $y) (local.get $x)) (f32x4.splat (f32.const 1.6666665459e-1))))
      (local.set $y (f32x4.add (f32x4.mul (local.get $y) (local.get $x)) (f32x4.splat (f32.const 5.0000001201e-1))))
      (local.set $y (f32x4.mul (f32x4.mul (local.get $y) (local.get $x)) (local.get $x)))
      (local.set $y (f32x4.add (f32x4.add (local.get $y) (local.get $x)) (f32x4.splat (f32.const 1))))
      (local.set $y (f32x4.mul (local.get $y) (i32x4.shl
        (i32x4.add (i32x4.trunc_sat_f32x4_s (local.get $n)) (v128.const i32x4 127 127 127 127)) (i32.const 23))))
      (v128.store (local.get $p) (local.get $y))
      (local.set $sum (f32x4.add (local.get $sum) (local.get $y)))
      (br_if $four (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 16))) (local.get $end))))
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
      (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))

  ;; p is divided by its sum, and o = the values, each times its p.
  (func $mix (param $values i32) (param $stride i32) (param $size i32) (param $p i32) (param $times i32) (param $o i32)
             (param $share f32)
    (local $i i32) (local $end i32) (local $weight v128)
    (memory.fill (local.get $o) (i32.const 0) (local.get $size))
    (local.set $end (i32.add (local.get $p) (local.get $times)))
    (loop $time
      (local.set $weight (f32x4.splat (f32.mul (f32.load (local.get $p)) (local.get $share))))
      (f32.store (local.get $p) (f32x4.extract_lane 0 (local.get $weight)))
      (local.set $i (i32.const 0))
      (loop $columns
        (v128.store (i32.add (local.get $o) (local.get $i)) (f32x4.add (v128.load (i32.add (local.get $o) (local.get $i)))
          (f32x4.mul (local.get $weight) (v128.load (i32.add (local.get $values) (local.get $i))))))
        (br_if $columns (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $size))))
      (local.set $values (i32.add (local.get $values) (local.get $stride)))
      (br_if $time (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 4))) (local.get $end))))))
