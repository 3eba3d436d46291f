using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Rounds a network's numbers to those that a file with latents can hold.</summary>
/// <param name="network">The network.</param>
/// <param name="start">The numbers that cost nothing.</param>
internal sealed class LatentRounding(ThinNetwork network, float[] start)
{
    /// <summary>Numbers are mostly rounded to multiples of 1/32.</summary>
    private const int UsualCoarseness = 1;

    private int? _coarseness;

    /// <summary>The bits of the numbers, if they are rounded as far as they usually can be.</summary>
    public long UsualBits
    {
        get
        {
            float[] numbers = (float[])network.Parameters.Clone();
            LatentNumbers.Round(numbers, start, UsualCoarseness);
            return LatentNumbers.BitsOf(numbers, start);
        }
    }

    /// <summary>The bits of the numbers, which are rounded.</summary>
    public long Bits => LatentNumbers.BitsOf(network.Parameters, start);

    /// <summary>Rounds the numbers as far as they usually can be.</summary>
    public void Round() => LatentNumbers.Round(network.Parameters, start, UsualCoarseness);

    /// <summary>Rounds the numbers as little as a file can have them.</summary>
    /// <param name="stays">Whether they stay so: then <see cref="RoundAgain"/> rounds them too.</param>
    public void RoundLeast(bool stays)
    {
        LatentNumbers.Round(network.Parameters, start, coarseness: 0);
        if (stays)
            _coarseness = 0;
    }

    /// <summary>Rounds the numbers to the finest step that a file can have, or to coarser ones while that pays.</summary>
    /// <param name="cost">What is lost with the network as it is, in bits. Where it throws, the numbers stay as they were.</param>
    public void RoundBest(Func<double> cost)
    {
        float[] exact = (float[])network.Parameters.Clone(), best = [];
        double least = double.PositiveInfinity;
        bool Try(int coarseness)
        {
            exact.CopyTo(network.Parameters, 0);
            LatentNumbers.Round(network.Parameters, start, coarseness);
            double sum = cost() + Bits;
            // The finest step is taken whatever it costs, even where that is not a number.
            if (coarseness > 0 && !(sum < least))
                return false;
            (best, least) = ((float[])network.Parameters.Clone(), sum);
            return true;
        }
        int coarseness = 0;
        float[] result = exact;
        try
        {
            while (coarseness <= LatentNumbers.MostCoarseness && Try(coarseness))
                coarseness++;
            (result, _coarseness) = (best, coarseness - 1);
        }
        finally
        {
            result.CopyTo(network.Parameters, 0);
        }
    }

    /// <summary>Rounds numbers that were rounded and then changed to the same step; those that were not stay.</summary>
    public void RoundAgain()
    {
        if (_coarseness is int coarseness)
            LatentNumbers.Round(network.Parameters, start, coarseness);
    }
}
