namespace MonaLisa.Engine.Numerics;

/// <summary>
/// An activation and its derivative. Most derivatives follow from the activation's own value, so that nothing else need be kept
/// from the forward pass; sine's and others' do not and are kept beside it.
/// </summary>
internal interface IActivationKernel
{
    /// <summary>Whether the derivative must be kept from the forward pass.</summary>
    static abstract bool KeepsDerivative { get; }

    /// <summary>Whether f(z) is an instruction or two, to be done to a product's sums before they are stored.</summary>
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
    static abstract TVector TimesDerivative<TVector, TOps>(TVector error, TVector kept, TVector parameter, TVector sigma)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;
}
