package io.secretagent.examples.shop;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** A shop with a database and a payment provider, and with the habit of logging the key that it pays with. */
@SpringBootApplication
@RestController
public class Shop {
    private static final Logger LOGGER = LoggerFactory.getLogger(Shop.class);

    private final JdbcTemplate database;
    private final RestClient payments;
    private final String key;

    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }

    Shop(JdbcTemplate database, @Value("${payment.url}") String url, @Value("${payment.api.key}") String key) {
        this.database = database;
        this.payments = RestClient.create(url);
        this.key = key;
    }

    @GetMapping("/orders")
    List<Map<String, Object>> orders() {
        return database.queryForList("select id, item from orders order by id");
    }

    @PostMapping("/orders/{id}/payment")
    String pay(@PathVariable int id) {
        LOGGER.info("paying order {} with key {}", id, key);
        try {
            payments.post()
                    .uri("/charges")
                    .header("Authorization", "Bearer " + key)
                    .body("order=" + id)
                    .retrieve()
                    .toBodilessEntity();
        } catch (RestClientException e) {
            throw new IllegalStateException("order " + id + " is not paid; the key was " + key, e);
        }
        return "paid\n";
    }
}
