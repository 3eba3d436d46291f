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
    private const int ColumnsAtOnce = 64;

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
        if (height > 1)
            ForColumns(plane, stride, width, height, Direction.Inverse);
        if (width == 1)
            return;
        var low = new float[Low(width)];
        var high = new float[width - low.Length];
        for (int y = 0; y < height; y++)
        {
            Span<float> row = plane.AsSpan(y * stride, width);
            row[..low.Length].CopyTo(low);
            row[low.Length..].CopyTo(high);
            Scale(low, HighScale);
            Scale(high, LowScale);
            ToLow(low, high, -Delta, false);
            ToHigh(high, low, -Gamma, false);
            ToLow(low, high, -Beta, false);
            ToHigh(high, low, -Alpha, false);
            for (int i = 0; i < high.Length; i++)
                (row[2 * i], row[2 * i + 1]) = (low[i], high[i]);
            if (low.Length > high.Length)
                row[^1] = low[^1];
        }
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
        for (int y = 0; y < height && width > 1; y++)
        {
            Span<float> row = plane.AsSpan(y * stride, width);
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
            low.CopyTo(row);
            high.CopyTo(row[low.Length..]);
        }
        if (height > 1)
            ForColumns(plane, stride, width, height, isAdjoint ? Direction.Adjoint : Direction.Forward);
    }

    private enum Direction
    {
        Forward,
        Adjoint,
        Inverse,
    }

    /// <summary>Transforms columns, some side by side, so that they stay in a cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForColumns(float[] plane, int stride, int width, int height, Direction direction)
    {
        int lows = Low(height);
        // Of a row its place among the bands.
        int PlaceOf(int y) => (y & 1) == 0 ? y / 2 : lows + y / 2;
        float[] buffer = ArrayPool<float>.Shared.Rent(Math.Min(width, ColumnsAtOnce) * height);
        for (int x = 0; x < width; x += ColumnsAtOnce)
        {
            int columns = Math.Min(ColumnsAtOnce, width - x);
            for (int y = 0; y < height; y++)
            {
                int from = direction == Direction.Inverse ? PlaceOf(y) : y;
                plane.AsSpan(from * stride + x, columns).CopyTo(buffer.AsSpan(y * columns));
            }
            Transform(buffer, columns, height, direction);
            for (int y = 0; y < height; y++)
            {
                int to = direction == Direction.Inverse ? y : PlaceOf(y);
                buffer.AsSpan(y * columns, columns).CopyTo(plane.AsSpan(to * stride + x));
            }
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    private static void Transform(float[] rows, int width, int height, Direction direction)
    {
        switch (direction)
        {
            case Direction.Forward:
                StepRows(rows, width, height, 1, Alpha, false);
                StepRows(rows, width, height, 0, Beta, false);
                StepRows(rows, width, height, 1, Gamma, false);
                StepRows(rows, width, height, 0, Delta, false);
                ScaleRows(rows, width, height, LowScale, HighScale);
                break;
            case Direction.Adjoint:
                StepRows(rows, width, height, 0, -Alpha, true);
                StepRows(rows, width, height, 1, -Beta, true);
                StepRows(rows, width, height, 0, -Gamma, true);
                StepRows(rows, width, height, 1, -Delta, true);
                ScaleRows(rows, width, height, HighScale, LowScale);
                break;
            default:
                ScaleRows(rows, width, height, HighScale, LowScale);
                StepRows(rows, width, height, 0, -Delta, false);
                StepRows(rows, width, height, 1, -Gamma, false);
                StepRows(rows, width, height, 0, -Beta, false);
                StepRows(rows, width, height, 1, -Alpha, false);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        var factors = new Vector<float>(factor);
        int i = 0;
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(to[i..]) + factors * new Vector<float>(a[i..])).CopyTo(to[i..]);
        for (; i < to.Length; i++)
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
