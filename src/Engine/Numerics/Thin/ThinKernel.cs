using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Products of thin dense layers, up to some 50 wide, for many places at once. A feature of neighbouring places lies side by side, and one
/// vector has one feature of as many places, so a layer needs neither packing nor transposing: its inputs can be rows of any planes.
/// </summary>
internal abstract unsafe class ThinKernel
{
    /// <summary>Places are worked on in multiples of so many; what lies beyond the last must be readable.</summary>
    public const int Lanes = 16;

    /// <summary>The most places at once: the rows of outputs, and those of their errors, are so many floats apart.</summary>
    public const int MaxCount = 256;

    /// <summary>The kernels of an instruction set.</summary>
    /// <param name="set">The instruction set.</param>
    /// <param name="isExact">
    /// Whether a product and a sum are each rounded, in one order: the same bits on every processor. Else they are fused where the
    /// processor can.
    /// </param>
    public static ThinKernel Of(InstructionSet set, bool isExact = false) => (set, isExact) switch
    {
        (InstructionSet.Vector512, false) => new ThinKernel<Vector512<float>, Vector512Ops>(),
        (InstructionSet.Vector512, true) => new ThinKernel<Vector512<float>, UnfusedOps<Vector512<float>, Vector512Ops>>(),
        (InstructionSet.Vector256, false) => new ThinKernel<Vector256<float>, Vector256Ops>(),
        (InstructionSet.Vector256, true) => new ThinKernel<Vector256<float>, UnfusedOps<Vector256<float>, Vector256Ops>>(),
        (InstructionSet.Vector128, false) => new ThinKernel<Vector128<float>, Vector128Ops>(),
        (InstructionSet.Vector128, true) => new ThinKernel<Vector128<float>, UnfusedOps<Vector128<float>, Vector128Ops>>(),
        (_, false) => new ThinKernel<float, ScalarOps>(),
        (_, true) => new ThinKernel<float, UnfusedOps<float, ScalarOps>>(),
    };

    /// <summary>A layer's outputs: <c>y[j] = b[j] + sum of w[j, i] x[i]</c>, and the greater of it and zero where the layer rectifies.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its inputs, each the first of <paramref name="count"/> places.</param>
    /// <param name="y">Receives <c>[outputs, MaxCount]</c>.</param>
    /// <param name="count">How many places, a multiple of <see cref="Lanes"/>.</param>
    public abstract void Forward(in ThinLayer layer, float** x, float* y, int count);

    /// <summary>Adds up the gradients of a layer's weights and biases.</summary>
    /// <param name="layer">The layer, with gradients in the place of its numbers.</param>
    /// <param name="errors">The errors of its outputs before the rectifier, <c>[outputs, MaxCount]</c>.</param>
    /// <param name="x">Its inputs.</param>
    /// <param name="count">How many places, a multiple of <see cref="Lanes"/>.</param>
    public abstract void AddGradients(in ThinLayer layer, float* errors, float** x, int count);

    /// <summary>
    /// The errors of the layer below, before its rectifier: <c>sum of w[j, i] d[j]</c> where its output is above zero, and zero elsewhere.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="errors">The errors of its outputs, <c>[outputs, MaxCount]</c>.</param>
    /// <param name="x">Its inputs, which are the outputs of the layer below, <c>[inputs, MaxCount]</c>; receives their errors.</param>
    /// <param name="count">How many places, a multiple of <see cref="Lanes"/>.</param>
    public abstract void ErrorsBelow(in ThinLayer layer, float* errors, float* x, int count);

    /// <summary>Adds to the errors of a layer's inputs: <c>dx[i] += sum of w[j, i] d[j]</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="errors">The errors of its outputs, <c>[outputs, MaxCount]</c>.</param>
    /// <param name="dx">Where the errors of each input are; they may be shifted views of one plane.</param>
    /// <param name="count">How many places, a multiple of <see cref="Lanes"/>.</param>
    public abstract void AddInputErrors(in ThinLayer layer, float* errors, float** dx, int count);

    /// <summary>Where the rows of <c>[rows, MaxCount]</c> begin.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="rows">Receives the places.</param>
    /// <param name="count">How many.</param>
    public static void Rows(float* first, float** rows, int count)
    {
        for (int row = 0; row < count; row++)
            rows[row] = first + row * MaxCount;
    }
}

/// <summary>
/// The kernels with one arithmetic. A block of sums stays in registers: rows by two vectors, eight rows where there are 32 vector registers,
/// six where there are 16, and fewer for the rows that are left. The terms of a sum are added in their order, whatever the block.
/// </summary>
internal sealed unsafe class ThinKernel<TVector, TOps> : ThinKernel
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>The input that biases have, <c>[MaxCount]</c>.</summary>
    private static readonly AlignedBuffer AlwaysOne = CreateOnes();

    /// <summary>What is done for blocks of rows.</summary>
    private interface IRowWork
    {
        /// <summary>Does it for one block.</summary>
        /// <param name="row">The block's first row.</param>
        void Run<TRows>(int row) where TRows : struct, IConstant;
    }

    public override void Forward(in ThinLayer layer, float** x, float* y, int count)
    {
        var product = new ThinProduct(layer.Outputs, layer.Inputs, layer.Weights, rowStride: layer.Inputs, termStride: 1, layer.Biases);
        float** to = stackalloc float*[layer.Outputs];
        Rows(y, to, layer.Outputs);
        if (layer.Rectifies)
            Multiply<Rectified>(product, x, to, count);
        else
            Multiply<AsItIs>(product, x, to, count);
    }

    public override void ErrorsBelow(in ThinLayer layer, float* errors, float* x, int count)
    {
        float** to = stackalloc float*[layer.Inputs];
        Rows(x, to, layer.Inputs);
        MultiplyTransposed<TimesDerivative<ReLUKernel>>(layer, errors, to, count);
    }

    public override void AddInputErrors(in ThinLayer layer, float* errors, float** dx, int count) =>
        MultiplyTransposed<Added>(layer, errors, dx, count);

    public override void AddGradients(in ThinLayer layer, float* errors, float** x, int count) =>
        ForBlocks(layer.Outputs, new Gradients(layer, errors, x, count));

    private static void MultiplyTransposed<TFinish>(in ThinLayer layer, float* errors, float** to, int count)
        where TFinish : struct, IFinish
    {
        float** from = stackalloc float*[layer.Outputs];
        Rows(errors, from, layer.Outputs);
        Multiply<TFinish>(new(layer.Inputs, layer.Outputs, layer.Weights, rowStride: 1, termStride: layer.Inputs, null), from, to, count);
    }

    private static void Multiply<TFinish>(in ThinProduct product, float** x, float** y, int count)
        where TFinish : struct, IFinish =>
        ForBlocks(product.Rows, new Products<TFinish>(product, x, y, count));

    /// <summary>
    /// Does work for all rows. A row alone takes as long as four, because it waits for its two sums, so seven rows are four and three.
    /// </summary>
    private static void ForBlocks<TWork>(int rows, TWork work)
        where TWork : struct, IRowWork
    {
        for (int row = 0, block; row < rows; row += block)
        {
            int left = rows - row;
            block = left >= 8 && TOps.HasManyRegisters ? 8 : left >= 6 && left != 7 ? 6 : Math.Min(left, 4);
            switch (block)
            {
                case 8:
                    work.Run<Eight>(row);
                    break;
                case 6:
                    work.Run<Six>(row);
                    break;
                case 4:
                    work.Run<Four>(row);
                    break;
                case 3:
                    work.Run<Three>(row);
                    break;
                case 2:
                    work.Run<Two>(row);
                    break;
                default:
                    work.Run<One>(row);
                    break;
            }
        }
    }

    /// <summary>Some rows of a product.</summary>
    private static void MultiplyRows<TRows, TFinish>(in ThinProduct product, int row, float** x, float** y, int count)
        where TRows : struct, IConstant
        where TFinish : struct, IFinish
    {
        int whole = count / (2 * TOps.Count) * (2 * TOps.Count);
        MultiplyRows<TRows, TFinish>(product, row, x, y, 0, whole);
        // The last lanes are one vector of 16: two of 8.
        if (whole < count && TOps.IsFused)
            ThinKernel<Vector256<float>, Vector256Ops>.MultiplyRows<TRows, TFinish>(product, row, x, y, whole, count);
        else if (whole < count)
            ThinKernel<Vector256<float>, UnfusedOps<Vector256<float>, Vector256Ops>>.MultiplyRows<TRows, TFinish>(
                product, row, x, y, whole, count);
    }

    /// <summary>
    /// Block by block. It is compiled alone: as a part of its caller it would be too large for all it calls to become a part of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void MultiplyRows<TRows, TFinish>(
        in ThinProduct product, int row, float** x, float** y, int from, int end)
        where TRows : struct, IConstant
        where TFinish : struct, IFinish
    {
        int rowStride = product.RowStride, termStride = product.TermStride, terms = product.Terms;
        float* biases = product.Biases is null ? null : product.Biases + row;
        float* f0 = product.Factors + row * rowStride, f1 = f0 + rowStride, f2 = f1 + rowStride, f3 = f2 + rowStride;
        float* f4 = f3 + rowStride, f5 = f4 + rowStride, f6 = f5 + rowStride, f7 = f6 + rowStride;
        y += row;
        for (int at = from; at < end; at += 2 * TOps.Count)
        {
            TVector s00 = Start(biases, 0), s10 = s00, s20 = s00, s30 = s00, s40 = s00, s50 = s00, s60 = s00, s70 = s00;
            if (TRows.Value > 1)
                s10 = Start(biases, 1);
            if (TRows.Value > 2)
                s20 = Start(biases, 2);
            if (TRows.Value > 3)
                s30 = Start(biases, 3);
            if (TRows.Value > 4)
                (s40, s50) = (Start(biases, 4), Start(biases, 5));
            if (TRows.Value > 6)
                (s60, s70) = (Start(biases, 6), Start(biases, 7));
            TVector s01 = s00, s11 = s10, s21 = s20, s31 = s30, s41 = s40, s51 = s50, s61 = s60, s71 = s70;
            int place = 0;
            for (int term = 0; term < terms; term++, place += termStride)
            {
                float* places = x[term] + at;
                TVector v0 = TOps.Load(places), v1 = TOps.Load(places + TOps.Count);
                Add(f0 + place, v0, v1, ref s00, ref s01);
                if (TRows.Value > 1)
                    Add(f1 + place, v0, v1, ref s10, ref s11);
                if (TRows.Value > 2)
                    Add(f2 + place, v0, v1, ref s20, ref s21);
                if (TRows.Value > 3)
                    Add(f3 + place, v0, v1, ref s30, ref s31);
                if (TRows.Value > 4)
                {
                    Add(f4 + place, v0, v1, ref s40, ref s41);
                    Add(f5 + place, v0, v1, ref s50, ref s51);
                }
                if (TRows.Value > 6)
                {
                    Add(f6 + place, v0, v1, ref s60, ref s61);
                    Add(f7 + place, v0, v1, ref s70, ref s71);
                }
            }
            // Rows may be shifted views of one plane, so each is added to only after the one before is stored.
            Store<TFinish>(0, y, at, s00, s01);
            if (TRows.Value > 1)
                Store<TFinish>(1, y, at, s10, s11);
            if (TRows.Value > 2)
                Store<TFinish>(2, y, at, s20, s21);
            if (TRows.Value > 3)
                Store<TFinish>(3, y, at, s30, s31);
            if (TRows.Value > 4)
            {
                Store<TFinish>(4, y, at, s40, s41);
                Store<TFinish>(5, y, at, s50, s51);
            }
            if (TRows.Value > 6)
            {
                Store<TFinish>(6, y, at, s60, s61);
                Store<TFinish>(7, y, at, s70, s71);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start(float* biases, int row) => biases is null ? TOps.Broadcast(0) : TOps.Broadcast(biases + row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* factor, TVector v0, TVector v1, ref TVector s0, ref TVector s1)
    {
        TVector value = TOps.Broadcast(factor);
        s0 = TOps.MultiplyAdd(v0, value, s0);
        s1 = TOps.MultiplyAdd(v1, value, s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TFinish>(int row, float** y, int at, TVector s0, TVector s1)
        where TFinish : struct, IFinish
    {
        float* first = y[row] + at, second = first + TOps.Count;
        TOps.Store(TFinish.Apply<TVector, TOps>(s0, first, default), first);
        TOps.Store(TFinish.Apply<TVector, TOps>(s1, second, default), second);
    }

    /// <summary>The gradients of some outputs' weights, two inputs at a time; a bias has one more input, which is always 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddGradientRows<TRows>(in ThinLayer layer, int row, float* errors, float** x, int count)
        where TRows : struct, IConstant
    {
        int inputs = layer.Inputs;
        float* d = errors + row * MaxCount;
        for (int i = 0; i <= inputs; i += 2)
        {
            float* x0 = i < inputs ? x[i] : AlwaysOne.Pointer, x1 = i + 1 < inputs ? x[i + 1] : AlwaysOne.Pointer;
            TVector zero = TOps.Broadcast(0), s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero, s30 = zero, s31 = zero;
            TVector s40 = zero, s41 = zero, s50 = zero, s51 = zero, s60 = zero, s61 = zero, s70 = zero, s71 = zero;
            for (int at = 0; at < count; at += TOps.Count)
            {
                TVector v0 = TOps.Load(x0 + at), v1 = TOps.Load(x1 + at);
                AddProduct(d + at, v0, v1, ref s00, ref s01);
                if (TRows.Value > 1)
                    AddProduct(d + MaxCount + at, v0, v1, ref s10, ref s11);
                if (TRows.Value > 2)
                    AddProduct(d + 2 * MaxCount + at, v0, v1, ref s20, ref s21);
                if (TRows.Value > 3)
                    AddProduct(d + 3 * MaxCount + at, v0, v1, ref s30, ref s31);
                if (TRows.Value > 4)
                {
                    AddProduct(d + 4 * MaxCount + at, v0, v1, ref s40, ref s41);
                    AddProduct(d + 5 * MaxCount + at, v0, v1, ref s50, ref s51);
                }
                if (TRows.Value > 6)
                {
                    AddProduct(d + 6 * MaxCount + at, v0, v1, ref s60, ref s61);
                    AddProduct(d + 7 * MaxCount + at, v0, v1, ref s70, ref s71);
                }
            }
            AddSums(layer, row, Math.Min(4, TRows.Value), i, TOps.Sums(s00, s10, s20, s30));
            AddSums(layer, row, Math.Min(4, TRows.Value), i + 1, TOps.Sums(s01, s11, s21, s31));
            if (TRows.Value <= 4)
                continue;
            AddSums(layer, row + 4, TRows.Value - 4, i, TOps.Sums(s40, s50, s60, s70));
            AddSums(layer, row + 4, TRows.Value - 4, i + 1, TOps.Sums(s41, s51, s61, s71));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(float* error, TVector v0, TVector v1, ref TVector s0, ref TVector s1)
    {
        TVector value = TOps.Load(error);
        s0 = TOps.MultiplyAdd(v0, value, s0);
        s1 = TOps.MultiplyAdd(v1, value, s1);
    }

    /// <summary>Adds to the gradients of an input's weights, or of the biases, for up to four outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums(in ThinLayer layer, int row, int rows, int input, Vector128<float> sums)
    {
        if (input > layer.Inputs)
            return;
        float* to = input < layer.Inputs ? layer.Weights + row * layer.Inputs + input : layer.Biases + row;
        int stride = input < layer.Inputs ? layer.Inputs : 1;
        to[0] += sums[0];
        if (rows > 1)
            to[stride] += sums[1];
        if (rows > 2)
            to[2 * stride] += sums[2];
        if (rows > 3)
            to[3 * stride] += sums[3];
    }

    private static AlignedBuffer CreateOnes()
    {
        var ones = new AlignedBuffer(MaxCount);
        ones.Span.Fill(1);
        return ones;
    }

    /// <summary>A product.</summary>
    private readonly struct Products<TFinish>(ThinProduct product, float** x, float** y, int count) : IRowWork
        where TFinish : struct, IFinish
    {
        private readonly ThinProduct _product = product;
        private readonly float** _x = x, _y = y;
        private readonly int _count = count;

        public void Run<TRows>(int row) where TRows : struct, IConstant => MultiplyRows<TRows, TFinish>(_product, row, _x, _y, _count);
    }

    /// <summary>The gradients of a layer.</summary>
    private readonly struct Gradients(ThinLayer layer, float* errors, float** x, int count) : IRowWork
    {
        private readonly ThinLayer _layer = layer;
        private readonly float* _errors = errors;
        private readonly float** _x = x;
        private readonly int _count = count;

        public void Run<TRows>(int row) where TRows : struct, IConstant => AddGradientRows<TRows>(_layer, row, _errors, _x, _count);
    }
}
