using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Why a picture was not learned, as an error record.</summary>
/// <param name="Error">The record.</param>
/// <param name="MeetsEvery">Whether every other picture would fail in the same way.</param>
internal sealed record TrainingFailure(ErrorRecord Error, bool MeetsEvery)
{
    /// <summary>What an exception of the engine means to the user; null for one that is not the user's to mend.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="dataset">The picture.</param>
    /// <param name="provider">Who was to compute.</param>
    public static TrainingFailure? Of(Exception exception, PixelDataset dataset, ComputeProvider provider) => exception switch
    {
        TrainingDivergedException diverged => new(CommandErrors.TrainingDiverged(diverged, dataset), MeetsEvery: false),
        ModelFileException model => new(CommandErrors.Model(model, model.Path), MeetsEvery: false),
        ProviderUnavailableException unavailable => new(CommandErrors.ProviderUnavailable(unavailable, provider), MeetsEvery: true),
        ArgumentException argument => new(CommandErrors.InvalidOption(argument, dataset), MeetsEvery: true),
        OutOfMemoryException memory => new(CommandErrors.NetworkTooLarge(memory, dataset), MeetsEvery: false),
        _ => null,
    };
}
