package io.tillstream.local.data.traffic;

import java.util.SplittableRandom;

/**
 * Draws ranks 0..n-1 with probability proportional to 1/(rank+1): few products get most of the
 * traffic. An alias table (Vose): one draw costs the same for ten products and for a million.
 */
final class ZipfSampler {
  private final double[] keep;
  private final int[] alias;

  ZipfSampler(int n) {
    keep = new double[n];
    alias = new int[n];
    double sum = 0;
    for (int rank = 0; rank < n; rank++) {
      sum += 1.0 / (rank + 1);
    }
    int[] small = new int[n];
    int[] large = new int[n];
    int smalls = 0;
    int larges = 0;
    for (int rank = 0; rank < n; rank++) {
      keep[rank] = n / sum / (rank + 1);
      alias[rank] = rank;
      if (keep[rank] < 1) {
        small[smalls++] = rank;
      } else {
        large[larges++] = rank;
      }
    }
    while (smalls > 0 && larges > 0) {
      int poor = small[--smalls];
      int rich = large[--larges];
      alias[poor] = rich;
      keep[rich] -= 1 - keep[poor];
      if (keep[rich] < 1) {
        small[smalls++] = rich;
      } else {
        large[larges++] = rich;
      }
    }
    // What is left over is 1 but for rounding.
    while (smalls > 0) {
      keep[small[--smalls]] = 1;
    }
    while (larges > 0) {
      keep[large[--larges]] = 1;
    }
  }

  int next(SplittableRandom random) {
    int slot = random.nextInt(keep.length);
    return random.nextDouble() < keep[slot] ? slot : alias[slot];
  }
}
