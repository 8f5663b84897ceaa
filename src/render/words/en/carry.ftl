# carry
