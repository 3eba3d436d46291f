using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// An activation over the computed columns of a block of rows. Rows lie <c>stride</c> floats apart; the number of columns is
/// a multiple of <see cref="PanelLayout.HalfWidth"/>.
/// </summary>
internal static unsafe class ElementwiseKernel<TVector, TOps, TActivation>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
    where TActivation : struct, IActivationKernel
{
    /// <summary>Replaces each z by f(z) and, where the derivatives are not null, keeps f'(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate(int rows, int columns, int stride, float* values, float* derivatives, ActivationParameters parameters)
    {
        if (columns == stride)
            (rows, columns) = (1, rows * columns);
        TVector p = TOps.Broadcast(parameters.Parameter), sigma = TOps.Broadcast(parameters.Sigma);
        for (; rows > 0; rows--, values += stride)
        {
            if (!TActivation.KeepsDerivative || derivatives == null)
            {
                for (int i = 0; i < columns; i += TOps.Count)
                    TOps.Store(TActivation.Apply<TVector, TOps>(TOps.Load(values + i), p, sigma), values + i);
                continue;
            }
            for (int i = 0; i < columns; i += TOps.Count)
            {
                TOps.Store(TActivation.Apply<TVector, TOps>(TOps.Load(values + i), p, sigma, out TVector derivative), values + i);
                TOps.Store(derivative, derivatives + i);
            }
            derivatives += stride;
        }
    }

    /// <summary>Replaces what was kept of each z by error * f'(z).</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Columns of each.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="kept">f(z), or f'(z) where the activation keeps it; receives the result.</param>
    /// <param name="errors">The loss's derivatives by f(z).</param>
    /// <param name="parameters">The activation's parameters.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyByDerivative(int rows, int columns, int stride, float* kept, float* errors, ActivationParameters parameters)
    {
        if (columns == stride)
            (rows, columns) = (1, rows * columns);
        TVector p = TOps.Broadcast(parameters.Parameter), sigma = TOps.Broadcast(parameters.Sigma);
        for (; rows > 0; rows--, kept += stride, errors += stride)
            for (int i = 0; i < columns; i += TOps.Count)
                TOps.Store(TActivation.TimesDerivative<TVector, TOps>(TOps.Load(errors + i), TOps.Load(kept + i), p, sigma), kept + i);
    }
}
