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

    /// <summary>The kernels of an instruction set.</summary>
    /// <param name="set">The instruction set.</param>
    /// <param name="isExact">
    /// Whether a product and a sum are each rounded, in one order: the same bits on every processor. Else they are fused where the
    /// processor can.
    /// </param>
    public static ThinKernel Of(InstructionSet set, bool isExact = false) => (set, isExact) switch
    {
        (InstructionSet.Vector512, false) => new Kernel<Vector512<float>, Vector512Ops>(),
        (InstructionSet.Vector512, true) => new Kernel<Vector512<float>, UnfusedOps<Vector512<float>, Vector512Ops>>(),
        (InstructionSet.Vector256, false) => new Kernel<Vector256<float>, Vector256Ops>(),
        (InstructionSet.Vector256, true) => new Kernel<Vector256<float>, UnfusedOps<Vector256<float>, Vector256Ops>>(),
        (InstructionSet.Vector128, false) => new Kernel<Vector128<float>, Vector128Ops>(),
        (InstructionSet.Vector128, true) => new Kernel<Vector128<float>, UnfusedOps<Vector128<float>, Vector128Ops>>(),
        (_, false) => new Kernel<float, ScalarOps>(),
        (_, true) => new Kernel<float, UnfusedOps<float, ScalarOps>>(),
    };

    /// <summary>A layer's outputs: <c>y[j] = b[j] + sum of w[j, i] x[i]</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its inputs, each the first of <paramref name="count"/> places.</param>
    /// <param name="y">Receives <c>[outputs, stride]</c>.</param>
    /// <param name="stride">Floats from an output to the next.</param>
    /// <param name="count">How many places, a multiple of <see cref="Lanes"/>.</param>
    public abstract void Forward(in ThinLayer layer, float** x, float* y, int stride, int count);

    /// <summary>Adds up the gradients of a layer's weights and biases.</summary>
    /// <param name="layer">The layer, with gradients in the place of its numbers.</param>
    /// <param name="errors">The errors of its outputs before the rectifier, <c>[outputs, stride]</c>.</param>
    /// <param name="x">Its inputs.</param>
    /// <param name="stride">Floats from an output to the next.</param>
    /// <param name="count">How many places, a multiple of <see cref="Lanes"/>.</param>
    public abstract void AddGradients(in ThinLayer layer, float* errors, float** x, int stride, int count);

    /// <summary>Adds to the errors of a layer's inputs: <c>dx[i] += sum of w[j, i] d[j]</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="errors">The errors of its outputs, <c>[outputs, stride]</c>.</param>
    /// <param name="stride">Floats from an output to the next.</param>
    /// <param name="dx">Where the errors of each input are.</param>
    /// <param name="count">How many places, a multiple of <see cref="Lanes"/>.</param>
    public abstract void AddInputErrors(in ThinLayer layer, float* errors, int stride, float** dx, int count);

    /// <summary>Errors become zero where a rectifier's output is.</summary>
    public abstract void Gate(float* outputs, float* errors, int count);

    private sealed class Kernel<TVector, TOps> : ThinKernel
        where TVector : struct
        where TOps : struct, IVectorOps<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Forward(in ThinLayer layer, float** x, float* y, int stride, int count)
        {
            const int Block = 8;
            int inputs = layer.Inputs, j = 0;
            TVector zero = TOps.Broadcast(0);
            bool rectifies = layer.Rectifies;
            for (; j + Block <= layer.Outputs; j += Block)
                for (int at = 0; at < count; at += TOps.Count)
                {
                    float* w = layer.Weights + j * inputs, b = layer.Biases + j;
                    TVector a0 = TOps.Broadcast(b[0]), a1 = TOps.Broadcast(b[1]), a2 = TOps.Broadcast(b[2]), a3 = TOps.Broadcast(b[3]);
                    TVector a4 = TOps.Broadcast(b[4]), a5 = TOps.Broadcast(b[5]), a6 = TOps.Broadcast(b[6]), a7 = TOps.Broadcast(b[7]);
                    for (int i = 0; i < inputs; i++, w++)
                    {
                        TVector v = TOps.Load(x[i] + at);
                        a0 = TOps.MultiplyAdd(v, TOps.Broadcast(w), a0);
                        a1 = TOps.MultiplyAdd(v, TOps.Broadcast(w + inputs), a1);
                        a2 = TOps.MultiplyAdd(v, TOps.Broadcast(w + 2 * inputs), a2);
                        a3 = TOps.MultiplyAdd(v, TOps.Broadcast(w + 3 * inputs), a3);
                        a4 = TOps.MultiplyAdd(v, TOps.Broadcast(w + 4 * inputs), a4);
                        a5 = TOps.MultiplyAdd(v, TOps.Broadcast(w + 5 * inputs), a5);
                        a6 = TOps.MultiplyAdd(v, TOps.Broadcast(w + 6 * inputs), a6);
                        a7 = TOps.MultiplyAdd(v, TOps.Broadcast(w + 7 * inputs), a7);
                    }
                    float* to = y + j * stride + at;
                    TOps.Store(rectifies ? TOps.Max(a0, zero) : a0, to);
                    TOps.Store(rectifies ? TOps.Max(a1, zero) : a1, to + stride);
                    TOps.Store(rectifies ? TOps.Max(a2, zero) : a2, to + 2 * stride);
                    TOps.Store(rectifies ? TOps.Max(a3, zero) : a3, to + 3 * stride);
                    TOps.Store(rectifies ? TOps.Max(a4, zero) : a4, to + 4 * stride);
                    TOps.Store(rectifies ? TOps.Max(a5, zero) : a5, to + 5 * stride);
                    TOps.Store(rectifies ? TOps.Max(a6, zero) : a6, to + 6 * stride);
                    TOps.Store(rectifies ? TOps.Max(a7, zero) : a7, to + 7 * stride);
                }
            for (; j < layer.Outputs; j++)
                for (int at = 0; at < count; at += TOps.Count)
                {
                    float* w = layer.Weights + j * inputs;
                    TVector sum = TOps.Broadcast(layer.Biases[j]);
                    for (int i = 0; i < inputs; i++)
                        sum = TOps.MultiplyAdd(TOps.Load(x[i] + at), TOps.Broadcast(w + i), sum);
                    TOps.Store(rectifies ? TOps.Max(sum, zero) : sum, y + j * stride + at);
                }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void AddGradients(in ThinLayer layer, float* errors, float** x, int stride, int count)
        {
            // Four by two sums and six operands leave room in 16 registers.
            const int Rows = 4, Columns = 2;
            int inputs = layer.Inputs, j = 0;
            for (; j + Rows <= layer.Outputs; j += Rows)
            {
                int i = 0;
                float* d = errors + j * stride, gradients = layer.Weights + j * inputs;
                for (; i + Columns <= inputs; i += Columns)
                {
                    TVector a00 = TOps.Broadcast(0), a10 = a00, a20 = a00, a30 = a00, a01 = a00, a11 = a00, a21 = a00, a31 = a00;
                    float* x0 = x[i], x1 = x[i + 1];
                    for (int at = 0; at < count; at += TOps.Count)
                    {
                        TVector v0 = TOps.Load(x0 + at), v1 = TOps.Load(x1 + at);
                        TVector e = TOps.Load(d + at);
                        a00 = TOps.MultiplyAdd(e, v0, a00);
                        a01 = TOps.MultiplyAdd(e, v1, a01);
                        e = TOps.Load(d + stride + at);
                        a10 = TOps.MultiplyAdd(e, v0, a10);
                        a11 = TOps.MultiplyAdd(e, v1, a11);
                        e = TOps.Load(d + 2 * stride + at);
                        a20 = TOps.MultiplyAdd(e, v0, a20);
                        a21 = TOps.MultiplyAdd(e, v1, a21);
                        e = TOps.Load(d + 3 * stride + at);
                        a30 = TOps.MultiplyAdd(e, v0, a30);
                        a31 = TOps.MultiplyAdd(e, v1, a31);
                    }
                    float* to = gradients + i;
                    Vector128<float> first = TOps.Sums(a00, a10, a20, a30), second = TOps.Sums(a01, a11, a21, a31);
                    for (int row = 0; row < Rows; row++, to += inputs)
                    {
                        to[0] += first[row];
                        to[1] += second[row];
                    }
                }
                for (; i < inputs; i++)
                    for (int row = 0; row < Rows; row++)
                        gradients[row * inputs + i] += Dot(d + row * stride, x[i], count);
            }
            for (; j < layer.Outputs; j++)
                for (int i = 0; i < inputs; i++)
                    layer.Weights[j * inputs + i] += Dot(errors + j * stride, x[i], count);
            for (j = 0; j < layer.Outputs; j++)
            {
                TVector sum = TOps.Broadcast(0);
                for (int at = 0; at < count; at += TOps.Count)
                    sum = TOps.Add(sum, TOps.Load(errors + j * stride + at));
                layer.Biases[j] += TOps.Sum(sum);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void AddInputErrors(in ThinLayer layer, float* errors, int stride, float** dx, int count)
        {
            const int Block = 8;
            int inputs = layer.Inputs, i = 0;
            for (; i + Block <= inputs; i += Block)
                for (int at = 0; at < count; at += TOps.Count)
                {
                    float* w = layer.Weights + i;
                    float** to = dx + i;
                    TVector a0 = TOps.Load(to[0] + at), a1 = TOps.Broadcast(0), a2 = a1, a3 = a1, a4 = a1, a5 = a1, a6 = a1, a7 = a1;
                    for (int j = 0; j < layer.Outputs; j++, w += inputs)
                    {
                        TVector e = TOps.Load(errors + j * stride + at);
                        a0 = TOps.MultiplyAdd(e, TOps.Broadcast(w), a0);
                        a1 = TOps.MultiplyAdd(e, TOps.Broadcast(w + 1), a1);
                        a2 = TOps.MultiplyAdd(e, TOps.Broadcast(w + 2), a2);
                        a3 = TOps.MultiplyAdd(e, TOps.Broadcast(w + 3), a3);
                        a4 = TOps.MultiplyAdd(e, TOps.Broadcast(w + 4), a4);
                        a5 = TOps.MultiplyAdd(e, TOps.Broadcast(w + 5), a5);
                        a6 = TOps.MultiplyAdd(e, TOps.Broadcast(w + 6), a6);
                        a7 = TOps.MultiplyAdd(e, TOps.Broadcast(w + 7), a7);
                    }
                    // Inputs may be shifted views of one plane, so each is added only after the one before is stored.
                    TOps.Store(a0, to[0] + at);
                    TOps.Store(TOps.Add(TOps.Load(to[1] + at), a1), to[1] + at);
                    TOps.Store(TOps.Add(TOps.Load(to[2] + at), a2), to[2] + at);
                    TOps.Store(TOps.Add(TOps.Load(to[3] + at), a3), to[3] + at);
                    TOps.Store(TOps.Add(TOps.Load(to[4] + at), a4), to[4] + at);
                    TOps.Store(TOps.Add(TOps.Load(to[5] + at), a5), to[5] + at);
                    TOps.Store(TOps.Add(TOps.Load(to[6] + at), a6), to[6] + at);
                    TOps.Store(TOps.Add(TOps.Load(to[7] + at), a7), to[7] + at);
                }
            for (; i < inputs; i++)
                for (int at = 0; at < count; at += TOps.Count)
                {
                    TVector sum = TOps.Load(dx[i] + at);
                    for (int j = 0; j < layer.Outputs; j++)
                        sum = TOps.MultiplyAdd(TOps.Load(errors + j * stride + at), TOps.Broadcast(layer.Weights[j * inputs + i]), sum);
                    TOps.Store(sum, dx[i] + at);
                }
        }

        public override void Gate(float* outputs, float* errors, int count)
        {
            // Greater than zero: at least the smallest number above it.
            TVector least = TOps.Broadcast(float.Epsilon), zero = TOps.Broadcast(0);
            for (int at = 0; at < count; at += TOps.Count)
                TOps.Store(TOps.Select(TOps.GreaterThanOrEqual(TOps.Load(outputs + at), least), TOps.Load(errors + at), zero), errors + at);
        }

        private static float Dot(float* a, float* b, int count)
        {
            TVector sum = TOps.Broadcast(0);
            for (int at = 0; at < count; at += TOps.Count)
                sum = TOps.MultiplyAdd(TOps.Load(a + at), TOps.Load(b + at), sum);
            return TOps.Sum(sum);
        }
    }
}

/// <summary>A thin dense layer.</summary>
/// <param name="weights"><c>[outputs, inputs]</c>.</param>
/// <param name="biases"><c>[outputs]</c>.</param>
/// <param name="inputs">Inputs.</param>
/// <param name="outputs">Outputs.</param>
/// <param name="rectifies">Whether its outputs are ReLU's.</param>
internal readonly unsafe struct ThinLayer(float* weights, float* biases, int inputs, int outputs, bool rectifies)
{
    /// <summary><c>[outputs, inputs]</c>.</summary>
    public readonly float* Weights = weights;

    /// <summary><c>[outputs]</c>.</summary>
    public readonly float* Biases = biases;

    /// <summary>Inputs.</summary>
    public readonly int Inputs = inputs;

    /// <summary>Outputs.</summary>
    public readonly int Outputs = outputs;

    /// <summary>Whether its outputs are ReLU's.</summary>
    public readonly bool Rectifies = rectifies;
}
