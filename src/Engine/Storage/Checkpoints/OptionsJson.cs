using System.Text.Json;

namespace MonaLisa.Engine.Storage;

/// <summary>A run's options in the description of a checkpoint; what is null is left out.</summary>
internal static class OptionsJson
{
    /// <summary>Writes the property <c>options</c>.</summary>
    public static void Write(Utf8JsonWriter json, TrainingOptions options)
    {
        json.WriteStartObject("options");
        WriteOptional(json, "epochs", options.Epochs);
        if (options.MaxTime is TimeSpan maxTime)
            json.WriteNumber("maxTimeTicks", maxTime.Ticks);
        WriteOptional(json, "targetPsnr", options.TargetPsnr);
        json.WriteNumber("batchSize", options.BatchSize);
        WriteOptional(json, "learningRate", options.LearningRate);
        json.WriteString("optimizer", options.Optimizer.ToString());
        WriteOptional(json, "momentum", options.Momentum);
        WriteOptional(json, "beta1", options.Beta1);
        WriteOptional(json, "beta2", options.Beta2);
        WriteOptional(json, "epsilon", options.Epsilon);
        WriteOptional(json, "weightDecay", options.WeightDecay);
        json.WriteString("sampling", options.Sampling.ToString());
        json.WriteString("schedule", options.Schedule.ToString());
        json.WriteNumber("warmUp", options.WarmUp);
        WriteOptional(json, "gradientClip", options.GradientClip);
        WriteOptional(json, "averageDecay", options.AverageDecay);
        json.WriteBoolean("scaleRateByFanIn", options.ScaleRateByFanIn);
        json.WriteString("loss", options.Loss.ToString());
        WriteOptional(json, "huberDelta", options.HuberDelta);
        json.WriteBoolean("measureEachEpoch", options.MeasureEachEpoch);
        json.WriteNumber("seed", options.Seed);
        WriteOptional(json, "threadCount", options.ThreadCount);
        json.WriteString("provider", options.Provider.ToString());
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; the options are not validated.</summary>
    public static TrainingOptions Read(ref JsonText reader)
    {
        var options = new TrainingOptions();
        var told = new HashSet<string>();
        reader.StartObject();
        while (reader.NextProperty() is string property)
        {
            if (!told.Add(property))
                throw reader.Unexpected(property);
            options = property switch
            {
                "epochs" => options with { Epochs = reader.Int32(least: 1) },
                "maxTimeTicks" => options with { MaxTime = TimeSpan.FromTicks(reader.Int64()) },
                "targetPsnr" => options with { TargetPsnr = reader.Double() },
                "batchSize" => options with { BatchSize = reader.Int32(least: 1) },
                "learningRate" => options with { LearningRate = reader.Double() },
                "optimizer" => options with { Optimizer = reader.Name<Optimizer>() },
                "momentum" => options with { Momentum = reader.Double() },
                "beta1" => options with { Beta1 = reader.Double() },
                "beta2" => options with { Beta2 = reader.Double() },
                "epsilon" => options with { Epsilon = reader.Double() },
                "weightDecay" => options with { WeightDecay = reader.Double() },
                "sampling" => options with { Sampling = reader.Name<PixelSampling>() },
                "schedule" => options with { Schedule = reader.Name<LearningRateSchedule>() },
                "warmUp" => options with { WarmUp = reader.Double() },
                "gradientClip" => options with { GradientClip = reader.Double() },
                "averageDecay" => options with { AverageDecay = reader.Double() },
                "scaleRateByFanIn" => options with { ScaleRateByFanIn = reader.Boolean() },
                "loss" => options with { Loss = reader.Name<LossFunction>() },
                "huberDelta" => options with { HuberDelta = reader.Double() },
                "measureEachEpoch" => options with { MeasureEachEpoch = reader.Boolean() },
                "seed" => options with { Seed = reader.Int32(int.MinValue) },
                "threadCount" => options with { ThreadCount = reader.Int32(least: 1) },
                "provider" => options with { Provider = reader.Name<ComputeProvider>() },
                _ => throw reader.Unexpected(property),
            };
        }
        string[] needed =
        [
            "batchSize", "learningRate", "optimizer", "weightDecay", "sampling", "schedule", "warmUp", "scaleRateByFanIn", "loss", "measureEachEpoch",
            "seed", "threadCount", "provider",
        ];
        foreach (string property in needed)
            if (!told.Contains(property))
                throw reader.Invalid($"does not tell '{property}'");
        return options;
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number)
            json.WriteNumber(name, number);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, int? value)
    {
        if (value is int number)
            json.WriteNumber(name, number);
    }
}
