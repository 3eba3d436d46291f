using System.Text.Json;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>Where a run stands in the description of a checkpoint. JSON's numbers are the shortest that give the same bits again.</summary>
internal static class PositionJson
{
    /// <summary>Writes the property <c>position</c>.</summary>
    public static void Write(Utf8JsonWriter json, RunPosition position)
    {
        json.WriteStartObject("position");
        json.WriteNumber("epoch", position.Epoch);
        json.WriteNumber("call", position.Call);
        json.WriteNumber("steps", position.Steps);
        json.WriteNumber("elapsedTicks", position.Elapsed.Ticks);
        json.WriteNumber("epochElapsedTicks", position.EpochElapsed.Ticks);
        json.WriteNumber("learningRate", position.LearningRate);
        // JSON has no infinity, which a flawless picture has; any target is below this too.
        if (position.MeasuredPsnr is double psnr)
            json.WriteNumber("measuredPsnr", Math.Min(psnr, double.MaxValue));
        json.WriteNumber("squared", position.Sums.Squared);
        json.WriteNumber("clampedSquared", position.Sums.ClampedSquared);
        json.WriteNumber("absolute", position.Sums.Absolute);
        json.WriteNumber("loss", position.Sums.Loss);
        json.WriteNumber("pixels", position.Sums.Pixels);
        json.WriteNumber("samples", position.Sums.Samples);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RunPosition Read(ref JsonText reader)
    {
        int? epoch = null, call = null;
        long? steps = null, elapsed = null, epochElapsed = null, pixels = null, samples = null;
        double? rate = null, measuredPsnr = null, squared = null, clampedSquared = null, absolute = null, loss = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "epoch" when epoch is null:
                    epoch = reader.Int32(least: 1);
                    break;
                case "call" when call is null:
                    call = reader.Int32(least: 0);
                    break;
                case "steps" when steps is null:
                    steps = reader.Int64();
                    break;
                case "elapsedTicks" when elapsed is null:
                    elapsed = reader.Int64();
                    break;
                case "epochElapsedTicks" when epochElapsed is null:
                    epochElapsed = reader.Int64();
                    break;
                case "learningRate" when rate is null:
                    rate = reader.Double();
                    break;
                case "measuredPsnr" when measuredPsnr is null:
                    measuredPsnr = reader.Double();
                    break;
                case "squared" when squared is null:
                    squared = reader.Double();
                    break;
                case "clampedSquared" when clampedSquared is null:
                    clampedSquared = reader.Double();
                    break;
                case "absolute" when absolute is null:
                    absolute = reader.Double();
                    break;
                case "loss" when loss is null:
                    loss = reader.Double();
                    break;
                case "pixels" when pixels is null:
                    pixels = reader.Int64();
                    break;
                case "samples" when samples is null:
                    samples = reader.Int64();
                    break;
                default:
                    throw reader.Unexpected(property);
            }
        return new RunPosition(
            reader.Needed(epoch, "epoch"), reader.Needed(call, "call"), reader.Needed(steps, "steps"),
            TimeSpan.FromTicks(reader.Needed(elapsed, "elapsedTicks")),
            TimeSpan.FromTicks(reader.Needed(epochElapsed, "epochElapsedTicks")),
            reader.Needed(rate, "learningRate"), measuredPsnr,
            new ErrorSums
            {
                Squared = reader.Needed(squared, "squared"),
                ClampedSquared = reader.Needed(clampedSquared, "clampedSquared"),
                Absolute = reader.Needed(absolute, "absolute"),
                Loss = reader.Needed(loss, "loss"),
                Pixels = reader.Needed(pixels, "pixels"),
                Samples = reader.Needed(samples, "samples"),
            });
    }
}
