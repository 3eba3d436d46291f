using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Numerics;

/// <summary>One lane: the reference that every vector width is compared with, and the kernels of a processor without vectors.</summary>
internal readonly unsafe struct ScalarOps : IVectorOps<float>
{
    public static bool IsFused => Fma.IsSupported || AdvSimd.IsSupported;

    public static int Count => 1;

    public static bool HasManyRegisters => AdvSimd.IsSupported;

    public static float Load(float* source) => *source;

    public static void Store(float value, float* destination) => *destination = value;

    public static float Broadcast(float value) => value;

    public static float Broadcast(float* source) => *source;

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float Divide(float a, float b) => a / b;

    public static float MultiplyAdd(float a, float b, float c) => float.MultiplyAddEstimate(a, b, c);

    public static float Sqrt(float a) => MathF.Sqrt(a);

    public static float Max(float a, float b) => float.MaxNative(a, b);

    public static float Min(float a, float b) => float.MinNative(a, b);

    public static float Round(float a) => MathF.Round(a);

    public static float GreaterThanOrEqual(float a, float b) => BitConverter.Int32BitsToSingle(a >= b ? -1 : 0);

    public static float Select(float mask, float a, float b) => BitConverter.SingleToInt32Bits(mask) != 0 ? a : b;

    public static bool Any(float mask) => BitConverter.SingleToInt32Bits(mask) != 0;

    public static float Abs(float a) => MathF.Abs(a);

    public static float CopySign(float a, float b) => MathF.CopySign(a, b);

    public static float NegateWhereOdd(float a, float b) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) ^ (BitConverter.SingleToInt32Bits(b) << 31));

    public static float PowerOfTwo(float n) => BitConverter.Int32BitsToSingle(((int)n + 127) << 23);

    public static float Sum(float a) => a;

    public static Vector128<float> Sums(float a, float b, float c, float d) => Vector128.Create(a, b, c, d);
}
