using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The biorthogonal wavelet with filters of 9 and 7 taps (Cohen, Daubechies and Feauveau 1992), in four lifting steps, with mirrored edges.
/// Of each level the low half comes first along both sides, so all bands together fill the plane. Every product and sum is rounded on its
/// own, in one order: the same bits on every processor.
/// </summary>
internal static class Wavelet
{
    /// <summary>The most levels.</summary>
    public const int MaxLevels = 8;

    private const float Alpha = -1.586134342059924f, Beta = -0.052980118572961f, Gamma = 0.882911075530934f, Delta = 0.443506852043971f;

    /// <summary>The low half times this, and the high half by it, make the transform orthonormal, nearly.</summary>
    private const float LowScale = 1.1496043988602418f, HighScale = 1 / LowScale;

    /// <summary>The low part of a side, which is half of it, rounded up.</summary>
    public static int Low(int side) => (side + 1) / 2;

    /// <summary>A side of a level's low part.</summary>
    public static int Low(int side, int levels)
    {
        for (int level = 0; level < levels; level++)
            side = Low(side);
        return side;
    }

    /// <summary>Transforms a plane.</summary>
    /// <param name="plane"><c>[height, width]</c>.</param>
    /// <param name="width">Values in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="levels">Levels.</param>
    public static void Forward(float[] plane, int width, int height, int levels) =>
        Analyze(plane, width, height, levels, isAdjoint: false);

    /// <summary>
    /// The adjoint of <see cref="Inverse"/>: what a gradient over the plane is over the bands.
    /// </summary>
    /// <inheritdoc cref="Forward" path="/param"/>
    public static void Adjoint(float[] plane, int width, int height, int levels) =>
        Analyze(plane, width, height, levels, isAdjoint: true);

    /// <summary>Makes a plane of its bands.</summary>
    /// <inheritdoc cref="Forward" path="/param"/>
    public static void Inverse(float[] plane, int width, int height, int levels)
    {
        for (int level = levels - 1; level >= 0; level--)
            InverseLevel(plane, width, Low(width, level), Low(height, level));
    }

    /// <summary>Makes the low part of a level of its four bands.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="stride">Values in a row of the plane.</param>
    /// <param name="width">Values in a row of the part.</param>
    /// <param name="height">Its rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InverseLevel(float[] plane, int stride, int width, int height)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(width * height);
        Interleave(plane, buffer, stride, width, height);
        if (height > 1)
        {
            ScaleRows(buffer, width, height, HighScale, LowScale);
            StepRows(buffer, width, height, 0, -Delta, false);
            StepRows(buffer, width, height, 1, -Gamma, false);
            StepRows(buffer, width, height, 0, -Beta, false);
            StepRows(buffer, width, height, 1, -Alpha, false);
        }
        var low = new float[Low(width)];
        var high = new float[width - low.Length];
        for (int y = 0; y < height; y++)
        {
            Span<float> row = buffer.AsSpan(y * width, width), to = plane.AsSpan(y * stride, width);
            if (width == 1)
            {
                row.CopyTo(to);
                continue;
            }
            row[..low.Length].CopyTo(low);
            row[low.Length..].CopyTo(high);
            Scale(low, HighScale);
            Scale(high, LowScale);
            ToLow(low, high, -Delta, false);
            ToHigh(high, low, -Gamma, false);
            ToLow(low, high, -Beta, false);
            ToHigh(high, low, -Alpha, false);
            for (int i = 0; i < high.Length; i++)
                (to[2 * i], to[2 * i + 1]) = (low[i], high[i]);
            if (low.Length > high.Length)
                to[^1] = low[^1];
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    private static void Analyze(float[] plane, int stride, int height, int levels, bool isAdjoint)
    {
        int width = stride;
        for (int level = 0; level < levels; level++, (width, height) = (Low(width), Low(height)))
            AnalyzeLevel(plane, stride, width, height, isAdjoint);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AnalyzeLevel(float[] plane, int stride, int width, int height, bool isAdjoint)
    {
        // The adjoint of a step of the inverse has its sign, and is a step from the other half.
        var low = new float[Low(width)];
        var high = new float[width - low.Length];
        float[] buffer = ArrayPool<float>.Shared.Rent(width * height);
        for (int y = 0; y < height; y++)
        {
            Span<float> row = plane.AsSpan(y * stride, width), to = buffer.AsSpan(y * width, width);
            if (width == 1)
            {
                row.CopyTo(to);
                continue;
            }
            for (int i = 0; i < high.Length; i++)
                (low[i], high[i]) = (row[2 * i], row[2 * i + 1]);
            if (low.Length > high.Length)
                low[^1] = row[^1];
            if (isAdjoint)
            {
                ToLow(low, high, -Alpha, true);
                ToHigh(high, low, -Beta, true);
                ToLow(low, high, -Gamma, true);
                ToHigh(high, low, -Delta, true);
            }
            else
            {
                ToHigh(high, low, Alpha, false);
                ToLow(low, high, Beta, false);
                ToHigh(high, low, Gamma, false);
                ToLow(low, high, Delta, false);
            }
            Scale(low, isAdjoint ? HighScale : LowScale);
            Scale(high, isAdjoint ? LowScale : HighScale);
            low.CopyTo(to);
            high.CopyTo(to[low.Length..]);
        }
        if (height > 1)
        {
            if (isAdjoint)
            {
                StepRows(buffer, width, height, 0, -Alpha, true);
                StepRows(buffer, width, height, 1, -Beta, true);
                StepRows(buffer, width, height, 0, -Gamma, true);
                StepRows(buffer, width, height, 1, -Delta, true);
            }
            else
            {
                StepRows(buffer, width, height, 1, Alpha, false);
                StepRows(buffer, width, height, 0, Beta, false);
                StepRows(buffer, width, height, 1, Gamma, false);
                StepRows(buffer, width, height, 0, Delta, false);
            }
            ScaleRows(buffer, width, height, isAdjoint ? HighScale : LowScale, isAdjoint ? LowScale : HighScale);
        }
        int lows = Low(height);
        for (int y = 0; y < height; y++)
            buffer.AsSpan(y * width, width).CopyTo(plane.AsSpan(((y & 1) == 0 ? y / 2 : lows + y / 2) * stride));
        ArrayPool<float>.Shared.Return(buffer);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(float[] plane, float[] buffer, int stride, int width, int height)
    {
        int lows = Low(height);
        for (int y = 0; y < height; y++)
            plane.AsSpan(((y & 1) == 0 ? y / 2 : lows + y / 2) * stride, width).CopyTo(buffer.AsSpan(y * width));
    }

    private static void ScaleRows(float[] rows, int width, int height, float even, float odd)
    {
        for (int y = 0; y < height; y++)
            Scale(rows.AsSpan(y * width, width), (y & 1) == 0 ? even : odd);
    }

    /// <summary>Adds to the even or the odd rows their neighbours times a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepRows(float[] rows, int width, int height, int parity, float factor, bool isAdjoint)
    {
        Span<float> Row(int y) => rows.AsSpan(y * width, width);
        for (int y = parity; y < height; y += 2)
        {
            int before = y - 1, after = y + 1;
            if (!isAdjoint)
            {
                Add(Row(y), Row(before < 0 ? after : before), Row(after >= height ? before : after), factor);
                continue;
            }
            // What a mirrored neighbour took twice it is given twice.
            if (before >= 0)
                Add(Row(y), Row(before), (before == height - 1 || before == 0) ? factor * 2 : factor);
            if (after < height)
                Add(Row(y), Row(after), (after == height - 1 || after == 0) ? factor * 2 : factor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToHigh(Span<float> high, ReadOnlySpan<float> low, float factor, bool isAdjoint)
    {
        int both = Math.Min(high.Length, low.Length - 1);
        Add(high[..both], low[..both], low.Slice(1, both), factor);
        bool isEven = high.Length == low.Length;
        if (isEven)
            high[^1] += (isAdjoint ? factor : factor * 2) * low[^1];
        if (isAdjoint)
        {
            high[0] += factor * low[0];
            if (!isEven)
                high[^1] += factor * low[^1];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToLow(Span<float> low, ReadOnlySpan<float> high, float factor, bool isAdjoint)
    {
        int both = Math.Min(low.Length, high.Length) - 1;
        Add(low.Slice(1, both), high[..both], high.Slice(1, both), factor);
        low[0] += (isAdjoint ? factor : factor * 2) * high[0];
        if (low.Length > high.Length)
            low[^1] += (isAdjoint ? factor : factor * 2) * high[^1];
        else if (isAdjoint)
            low[^1] += factor * high[^1];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<float> to, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float factor)
    {
        var factors = new Vector<float>(factor);
        int i = 0;
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(to[i..]) + factors * (new Vector<float>(a[i..]) + new Vector<float>(b[i..]))).CopyTo(to[i..]);
        for (; i < to.Length; i++)
            to[i] += factor * (a[i] + b[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<float> to, ReadOnlySpan<float> a, float factor)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += factor * a[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(Span<float> values, float factor)
    {
        var factors = new Vector<float>(factor);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(values[i..]) * factors).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] *= factor;
    }
}
