using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// An activation and its derivative. Some derivatives follow from the activation's own value, and nothing else need be kept from the
/// forward pass; the others are kept beside it. <see cref="ActivationKernels"/> lists all activations.
/// </summary>
internal interface IActivationKernel
{
    /// <summary>Whether the derivative is kept from the forward pass.</summary>
    static abstract bool KeepsDerivative { get; }

    /// <summary>Whether f(z) takes an instruction or two and is applied to a product's sums before they are stored.</summary>
    static virtual bool IsCheap => false;

    /// <summary>f(z).</summary>
    /// <param name="z">The weighted sums.</param>
    /// <param name="parameter">The leaky rectifier's slope, or omega.</param>
    /// <param name="sigma">Sigma, where the activation has one.</param>
    static abstract TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;

    /// <summary>f(z) and f'(z); called only where <see cref="KeepsDerivative"/>.</summary>
    static virtual TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => throw new NotSupportedException();

    /// <summary>error * f'(z).</summary>
    /// <param name="error">The loss's derivatives by f(z).</param>
    /// <param name="kept">f(z), or f'(z) where <see cref="KeepsDerivative"/>.</param>
    /// <param name="parameter">As <see cref="Apply{TVector, TOps}(TVector, TVector, TVector)"/> has it.</param>
    /// <param name="sigma">Likewise.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => TOps.Multiply(kept, error);
}

/// <summary>From an activation's name to its kernel.</summary>
internal static class ActivationKernels
{
    /// <summary>Calls a factory with the kernel's type.</summary>
    public static TResult Create<TResult, TVector, TOps>(Activation activation, IKernelFactory<TResult> factory)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector> => activation switch
        {
            Activation.ReLU => factory.Create<TVector, TOps, ReLUKernel>(),
            Activation.LeakyReLU => factory.Create<TVector, TOps, LeakyReLUKernel>(),
            Activation.Tanh => factory.Create<TVector, TOps, TanhKernel>(),
            Activation.Sigmoid => factory.Create<TVector, TOps, SigmoidKernel>(),
            Activation.Sine => factory.Create<TVector, TOps, SineKernel>(),
            Activation.Gaussian => factory.Create<TVector, TOps, GaussianKernel>(),
            Activation.FINER => factory.Create<TVector, TOps, FinerKernel>(),
            Activation.WIRE => factory.Create<TVector, TOps, WireKernel>(),
            Activation.GELU => factory.Create<TVector, TOps, GeluKernel>(),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such hidden activation."),
        };

    /// <summary>Whether an activation keeps its derivative beside its value from the forward pass.</summary>
    public static bool KeepsDerivative(Activation activation) => Create<bool, float, ScalarOps>(activation, new DerivativeQuestion());

    private sealed class DerivativeQuestion : IKernelFactory<bool>
    {
        bool IKernelFactory<bool>.Create<TVector, TOps, TActivation>() => TActivation.KeepsDerivative;
    }
}

/// <summary>max(0, z); its derivative at 0 is 0.</summary>
internal readonly struct ReLUKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    public static bool IsCheap => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Max(TOps.Broadcast(0), z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Select(TOps.GreaterThanOrEqual(TOps.Broadcast(0), kept), TOps.Broadcast(0), error);
}

/// <summary>z for z &gt;= 0, slope * z below; its derivative at 0 is 1, as in the 2012 program.</summary>
internal readonly struct LeakyReLUKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    public static bool IsCheap => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Select(TOps.GreaterThanOrEqual(z, TOps.Broadcast(0)), z, TOps.Multiply(z, parameter));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Select(TOps.GreaterThanOrEqual(kept, TOps.Broadcast(0)), error, TOps.Multiply(parameter, error));
}

/// <summary>tanh z; its derivative is 1 - tanh² z.</summary>
internal readonly struct TanhKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Tanh(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(TOps.Subtract(TOps.Broadcast(1), TOps.Multiply(kept, kept)), error);
}

/// <summary>1 / (1 + e^-z) = s; its derivative is s (1 - s).</summary>
internal readonly struct SigmoidKernel : IActivationKernel
{
    public static bool KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Sigmoid(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(TOps.Multiply(kept, TOps.Subtract(TOps.Broadcast(1), kept)), error);
}

/// <summary>sin(omega z); its derivative is omega cos(omega z).</summary>
internal readonly struct SineKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Sin(TOps.Multiply(z, parameter));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector sine = VectorMath<TVector, TOps>.SinCos(TOps.Multiply(z, parameter), out TVector cosine);
        derivative = TOps.Multiply(parameter, cosine);
        return sine;
    }
}

/// <summary>
/// exp(-(sigma z)²), the Gaussian of Ramasinghe and Lucey 2022 (arXiv 2111.15135) as the WIRE code has it (vishwa91/wire,
/// <c>modules/gauss.py</c>); its derivative is -2 sigma² z exp(-(sigma z)²).
/// </summary>
internal readonly struct GaussianKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector bell = VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out TVector slope);
        derivative = TOps.Multiply(sigma, slope);
        return bell;
    }
}

/// <summary>
/// sin(omega (|z| + 1) z), FINER (Liu et al. 2024, arXiv 2312.02434). Its code (liuzhen0212/FINER, <c>models.py</c>) takes the factor
/// (|z| + 1) for a constant when it differentiates, and so does this one: omega (|z| + 1) cos(omega (|z| + 1) z).
/// </summary>
internal readonly struct FinerKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        VectorMath<TVector, TOps>.Sin(TOps.Multiply(Frequency<TVector, TOps>(z, parameter), z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector frequency = Frequency<TVector, TOps>(z, parameter);
        TVector sine = VectorMath<TVector, TOps>.SinCos(TOps.Multiply(frequency, z), out TVector cosine);
        derivative = TOps.Multiply(frequency, cosine);
        return sine;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Frequency<TVector, TOps>(TVector z, TVector omega)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.MultiplyAdd(TOps.Abs(z), omega, omega);
}

/// <summary>
/// cos(omega z) exp(-(sigma z)²), the real form of WIRE's wavelet (Saragadam et al. 2023, arXiv 2301.05187); its derivative is
/// -(omega sin(omega z) + 2 sigma² z cos(omega z)) exp(-(sigma z)²).
/// </summary>
internal readonly struct WireKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(
            VectorMath<TVector, TOps>.Cos(TOps.Multiply(parameter, z)),
            VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out _));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector bell = VectorMath<TVector, TOps>.Bell(TOps.Multiply(sigma, z), out TVector slope);
        TVector sine = VectorMath<TVector, TOps>.SinCos(TOps.Multiply(parameter, z), out TVector cosine);
        TVector wave = TOps.Multiply(TOps.Multiply(parameter, sine), bell);
        derivative = TOps.Subtract(TOps.Multiply(TOps.Multiply(sigma, slope), cosine), wave);
        return TOps.Multiply(cosine, bell);
    }
}

/// <summary>
/// z Phi(z), Phi the normal distribution function: GELU (Hendrycks and Gimpel 2016, arXiv 1606.08415), not its approximation by
/// tanh; its derivative is Phi(z) + z phi(z).
/// </summary>
internal readonly struct GeluKernel : IActivationKernel
{
    public static bool KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(z, VectorMath<TVector, TOps>.NormalDistribution(z, out _));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector z, TVector parameter, TVector sigma, out TVector derivative)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector distribution = VectorMath<TVector, TOps>.NormalDistribution(z, out TVector density);
        derivative = TOps.MultiplyAdd(z, density, distribution);
        return TOps.Multiply(z, distribution);
    }
}
